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

/// A file of the repository by its path; else something that is not at hand, of which a remark is made.
void walk_include(Pipeline& pipeline, Position include) {
  const auto take = [&](std::string_view path) {
    if (path.find('$') == path.npos && !path.empty()) pipeline.document().includes.push_back(path);
  };
  if (pipeline.is_scalar(include)) {
    const std::string_view text = pipeline.view.text(include);
    const bool is_remote = text.starts_with("http://") || text.starts_with("https://");
    if (!is_remote) return take(text);
    return pipeline.remark(include, "what is included from elsewhere is not looked at");
  }
  if (const Position local = pipeline.view.find(include, "local")) return take(pipeline.view.text(local));
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
  for (const Position top : files.own().documents) {
    walk_owner(pipeline, files, top, {});
    const Position include = pipeline.view.find(top, "include");
    if (!pipeline.is_list(include) && include) walk_include(pipeline, include);
    for (const Position one : pipeline.view.items(include)) walk_include(pipeline, one);
    pipeline.each_entry(top, [&](const compose::Entry& entry) {
      if (entry.key == "default")
        walk_owner(pipeline, files, entry.value, {});
      else if (pipeline.is_map(entry.value) && !is_no_job(entry.key))
        walk_owner(pipeline, files, entry.value, entry.key);
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
    .read = read,
    .has_includes = true,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
