#include "kinds/kind.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

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

/// A document that has nothing but `spec`.
bool is_header(Pipeline& pipeline, Position top) {
  const auto entries = pipeline.view.entries(top);
  return entries.size() == 1 && entries.front().key == "spec";
}

/// The documents of a file.
struct File {
  Position header;
  std::vector<Position> documents;
  std::unordered_map<std::string_view, Position> jobs;  ///< the first of each name
};

/// A variable by the matrix of the job, by the job, by what it extends, by the file.
class Values final : public Lookup {
 public:
  Values(Pipeline& pipeline, const File& file, Position job) : pipeline_(pipeline), file_(file), job_(job) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override {
    constexpr std::string_view inputs = "inputs.";
    if (part.range.of(text.text()).starts_with("$[[")) {
      if (!part.name.starts_with(inputs)) return {};
      return of_input(part.name.substr(inputs.size()));
    }
    Meaning meaning = of_matrix(part.name);
    if (!meaning.supplies.empty()) return meaning;
    const auto [known, is_new] = known_.try_emplace(part.name);
    if (is_new) known->second = position_of(part.name);
    const Position found = known->second;
    if (found) meaning.supplies.push_back(pipeline_.fallback(found, this));
    return meaning;
  }

 private:
  [[nodiscard]] Meaning of_input(std::string_view name) const {
    compose::View& view = pipeline_.view;
    const Position inputs = view.find(view.find(file_.header, "spec"), "inputs");
    const Position value = view.find(view.find(inputs, name), "default");
    if (!pipeline_.is_scalar(value)) return {};
    return {.supplies = {pipeline_.fallback(value, this)}};
  }
  [[nodiscard]] Meaning of_matrix(std::string_view name) const {
    compose::View& view = pipeline_.view;
    Meaning meaning;
    for (const Position row : view.items(view.find(view.find(job_, "parallel"), "matrix")))
      pipeline_.add_items(view.find(row, name), this, meaning);
    return meaning;
  }
  [[nodiscard]] Position position_of(std::string_view name) const {
    int steps = 0;
    Position found = of_job(job_, name, steps);
    for (std::size_t i = file_.documents.size(); !found && i > 0; --i)
      found = value_of(file_.documents[i - 1], name);
    return found;
  }
  /// In the variables of a job, or of the file.
  [[nodiscard]] Position value_of(Position owner, std::string_view name) const {
    const Position value = pipeline_.view.find(pipeline_.view.find(owner, "variables"), name);
    const Position scalar = pipeline_.is_map(value) ? pipeline_.view.find(value, "value") : value;
    return pipeline_.is_scalar(scalar) ? scalar : Position{};
  }
  /// In a job or what it extends, the last first. `steps` keeps it from going in circles.
  [[nodiscard]] Position of_job(Position job, std::string_view name, int& steps) const {
    constexpr int most_steps = 100;
    if (!job || ++steps > most_steps) return {};
    if (const Position own = value_of(job, name)) return own;
    const Position extends = pipeline_.view.find(job, "extends");
    std::vector<Position> parents = pipeline_.view.items(extends);
    if (pipeline_.is_scalar(extends)) parents.push_back(extends);
    for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent)
      if (const auto known = file_.jobs.find(pipeline_.view.text(*parent)); known != file_.jobs.end())
        if (const Position found = of_job(known->second, name, steps)) return found;
    return {};
  }

  Pipeline& pipeline_;
  const File& file_;
  Position job_;
  mutable std::unordered_map<std::string_view, Position> known_;
};

/// A job, the defaults, or the file itself.
void walk_owner(Pipeline& pipeline, const File& file, Position owner, Position job) {
  const Lookup* values = pipeline.keep<Values>(pipeline, file, job);
  pipeline.field(owner, "image", [&](Position at) { pipeline.image_or(at, "name", values, Entry::mirror); });
  pipeline.field(owner, "services", [&](Position services) {
    pipeline.each_item(services,
                       [&](Position service) { pipeline.image_or(service, "name", values, Entry::mirror); });
  });
  const ScriptNumber script = pipeline.new_script(values);
  for (const std::string_view key : {"before_script", "script", "after_script"})
    pipeline.field(owner, key, [&](Position at) { pipeline.scripts(at, script); });
}

/// Pinned for what is looked up later.
class Files final : public Lookup {
 public:
  [[nodiscard]] Meaning find(const TextPart& /*part*/, const MappedText& /*text*/) const override {
    return {};
  }
  mutable File file;
};

void walk(Pipeline& pipeline) {
  File& file = pipeline.keep<Files>()->file;
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document) {
    const Position top = pipeline.view.top(document);
    if (is_header(pipeline, top))
      file.header = top;
    else if (pipeline.is_map(top))
      file.documents.push_back(top);
    for (const compose::Entry& entry : pipeline.view.entries(top)) file.jobs.emplace(entry.key, entry.value);
  }
  for (const Position top : file.documents) {
    walk_owner(pipeline, file, top, {});
    pipeline.each_entry(top, [&](const compose::Entry& entry) {
      if (entry.key == "default")
        walk_owner(pipeline, file, entry.value, {});
      else if (pipeline.is_map(entry.value) && !is_no_job(entry.key))
        walk_owner(pipeline, file, entry.value, entry.value);
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
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
