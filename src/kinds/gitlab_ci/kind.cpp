#include "kinds/kind.hpp"

#include <algorithm>
#include <array>

#include "kinds/gitlab_ci/values.hpp"
#include "kinds/languages.hpp"
#include "kinds/pipeline.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo gitlab_ci;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"variables:\n"
     "  REGISTRY: registry.example.com/ci\n"
     "default:\n"
     "  image: ⟦ruby:3.3⟧\n"
     "test:\n"
     "  image: {name: ⟦$REGISTRY/test:4⟧}\n"
     "  services: [⟦postgres:16⟧]\n"
     "  script: [make]\n",
     "images of jobs and services, with variables of the same file"},
};
constexpr std::string_view names[] = {".gitlab-ci.{yml,yaml}", "*.gitlab-ci.{yml,yaml}",
                                      "{.gitlab,.gitlab-ci}/**/*.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image};

/// Keys at the top that are no jobs.
bool is_no_job(std::string_view key) {
  constexpr std::array<std::string_view, 16> keys = {
      "default", "include", "stages",   "types",       "variables",     "workflow",
      "spec",    "image",   "services", "cache",       "before_script", "after_script",
      "true",    "false",   "nil",      "pages:deploy"};
  return std::ranges::find(keys, key) != keys.end();
}

/// Jobs with a script at the top, and nothing there that other programs have beside such.
bool looks_like(std::string_view bytes) {
  return any_document(bytes, {"script"}, [](compose::View& view, Position top) {
    constexpr std::array<std::string_view, 8> others = {"jobs",       "steps", "pipelines", "pipeline",
                                                        "apiVersion", "kind",  "version",   "runs"};
    for (const std::string_view other : others)
      if (view.find(top, other)) return false;
    const auto entries = view.entries(top);
    return std::ranges::any_of(entries, [&](const compose::Entry& entry) {
      return !is_no_job(entry.key) && view.find(entry.value, "script");
    });
  });
}

/// A job, the defaults, or the file itself.
void walk_owner(Pipeline& pipeline, const gitlab::Files& files, Position owner, std::string_view job) {
  const Lookup* values = pipeline.keep<gitlab::Values>(pipeline, files, job);
  pipeline.field(owner, "image", [&](Position at) { pipeline.image_or(at, "name", values, Entry::mirror); });
  pipeline.field(owner, "services", [&](Position services) {
    pipeline.each_item(services,
                       [&](Position service) { pipeline.image_or(service, "name", values, Entry::mirror); });
  });
  const ScriptNumber script = pipeline.new_script(values);
  for (const std::string_view key : {"before_script", "script", "after_script"})
    pipeline.field(owner, key, [&](Position at) { pipeline.scripts(at, script); });
}

bool is_remote(std::string_view include) {
  return include.starts_with("http://") || include.starts_with("https://");
}

/// The path of a file of the repository; empty for what comes from elsewhere, or has a variable.
std::string_view local_path(compose::View& view, Position include) {
  const bool is_short = view.is(include, yaml::NodeKind::scalar);
  const std::string_view path = view.text(is_short ? include : view.find(include, "local"));
  return path.find('$') != path.npos || (is_short && is_remote(path)) ? std::string_view() : path;
}

/// One include, or several in a list.
std::vector<Position> includes_in(compose::View& view, Position top) {
  const Position include = view.find(top, "include");
  if (include && !view.is(include, yaml::NodeKind::sequence)) return {include};
  return view.items(include);
}

std::vector<std::string_view> local_paths(const PipelineFile& file) {
  std::vector<std::string_view> paths;
  for (const Position top : file.documents)
    for (const Position include : includes_in(*file.view, top))
      if (const std::string_view path = local_path(*file.view, include); !path.empty()) paths.push_back(path);
  return paths;
}

/// Of what is not at hand a remark is made.
void remark_include(Pipeline& pipeline, Position include) {
  if (pipeline.is_scalar(include)) {
    if (is_remote(pipeline.view.text(include)))
      pipeline.remark(include, "what is included from elsewhere is not looked at");
    return;
  }
  if (pipeline.view.find(include, "local")) return;
  for (const std::string_view key : {"project", "remote", "template", "component"})
    if (const Position found = pipeline.view.find(include, key))
      return pipeline.remark(found, "what is included from a " + std::string(key) + " is not looked at");
}

/// Pinned for what is looked up later.
class Kept final : public Lookup {
 public:
  explicit Kept(Pipeline& pipeline) : files(pipeline) {}
  [[nodiscard]] Meaning find(const TextPart& /*part*/, const MappedText& /*text*/) const override {
    return {};
  }
  gitlab::Files files;
};

void walk(Pipeline& pipeline) {
  const gitlab::Files& files = pipeline.keep<Kept>(pipeline)->files;
  for (const std::string_view path : local_paths(files.own())) pipeline.document().includes.push_back(path);
  for (const Position top : files.own().documents) {
    walk_owner(pipeline, files, top, {});
    for (const Position include : includes_in(pipeline.view, top)) remark_include(pipeline, include);
    pipeline.each_entry(top, [&](const compose::Entry& entry) {
      if (entry.key == "default")
        walk_owner(pipeline, files, entry.value, {});
      else if (pipeline.is_map(entry.value) && !is_no_job(entry.key)) {
        pipeline.set_template(entry.key.starts_with('.'));
        walk_owner(pipeline, files, entry.value, entry.key);
        pipeline.set_template(false);
      }
    });
  }
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &gitlab_ci,
                        .language = {.cut = languages::gitlab, .cut_script = languages::gitlab_script},
                        .walk = walk,
                        .last_key_wins = true});
}

}  // namespace

constinit const KindInfo gitlab_ci = {
    .name = "gitlab-ci",
    .title = "GitLab pipeline",
    .plural = "GitLab pipelines",
    .summary = "Pipelines of GitLab, and what they include.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .looks_like = looks_like,
    .read = read,
    .includes = local_paths,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
