#include "kinds/kind.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/ascii.hpp"
#include "kinds/languages.hpp"
#include "kinds/pipeline.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo azure_pipelines;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"resources:\n"
     "  containers:\n"
     "    - container: linux\n"
     "      image: ⟦ubuntu:22.04⟧\n"
     "variables: {registry: quay.io/acme}\n"
     "jobs:\n"
     "  - job: a\n"
     "    container: linux\n"
     "  - job: b\n"
     "    container: ⟦$(registry)/ci:1⟧\n",
     "container resources and images of jobs; an alias is none"},
};
constexpr std::string_view names[] = {"{.azure,azure}-pipeline*.{yml,yaml}",
                                      "{.azure,azure}{-,}pipeline{s,}/**/*.{yml,yaml}",
                                      ".azuredevops/**/*.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image, &role::probable_image};

bool is_condition(std::string_view key) { return key.starts_with("${{"); }

/// The items of a list; of an item that is a condition those of its list.
void each_item(Pipeline& pipeline, Position list, const std::function<void(Position)>& function) {
  if (pipeline.path.is_full()) return;
  pipeline.each_item(list, [&](Position item) {
    bool conditional = false;
    pipeline.each_entry(item, [&](const compose::Entry& entry) {
      if (!is_condition(entry.key)) return;
      conditional = true;
      each_item(pipeline, entry.value, function);
    });
    if (!conditional) function(item);
  });
}

/// Variables of a job, its stage and the file, and the matrix of the job.
class Values final : public Lookup {
 public:
  Values(Pipeline& pipeline, Position top, Position stage, Position job)
      : pipeline_(pipeline), top_(top), stage_(stage), job_(job) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override {
    constexpr std::string_view parameters = "parameters.";
    constexpr std::string_view variables = "variables.";
    const std::string_view written = part.range.of(text.text());
    if (is_condition(written)) {
      if (part.name.starts_with(parameters)) return of_parameter(part.name.substr(parameters.size()));
      return part.name.starts_with(variables) ? of_variable(part.name.substr(variables.size())) : Meaning{};
    }
    if (part.outer || written.starts_with("$(") || written.starts_with("$[")) {
      std::string_view name = part.name;
      if (written.starts_with("$[") && name.starts_with(variables)) name.remove_prefix(variables.size());
      Meaning meaning = of_matrix(name);
      return meaning.supplies.empty() ? of_variable(name) : meaning;
    }
    return {};
  }

 private:
  [[nodiscard]] Meaning one(Position value) const {
    if (!pipeline_.is_scalar(value)) return {};
    return {.supplies = {pipeline_.fallback(value, this)}};
  }
  /// The item of a list that has a name.
  [[nodiscard]] Position named(Position list, std::string_view name) const {
    for (const Position item : pipeline_.view.items(list))
      if (pipeline_.text(item, "name") == name) return item;
    return {};
  }
  [[nodiscard]] Meaning of_parameter(std::string_view name) const {
    const Position parameters = pipeline_.view.find(top_, "parameters");
    if (pipeline_.is_list(parameters)) return one(pipeline_.view.find(named(parameters, name), "default"));
    return one(pipeline_.view.find(parameters, name));
  }
  [[nodiscard]] Meaning of_variable(std::string_view name) const {
    for (const Position owner : {job_, stage_, top_}) {
      const Position variables = pipeline_.view.find(owner, "variables");
      Meaning meaning = pipeline_.is_list(variables)
                            ? one(pipeline_.view.find(named(variables, name), "value"))
                            : one(pipeline_.view.find(variables, name));
      if (!meaning.supplies.empty()) return meaning;
    }
    return {};
  }
  [[nodiscard]] Meaning of_matrix(std::string_view name) const {
    compose::View& view = pipeline_.view;
    Meaning meaning;
    for (const compose::Entry& row : view.entries(view.find(view.find(job_, "strategy"), "matrix")))
      pipeline_.add_items(view.find(row.value, name), this, meaning);
    return meaning;
  }

  Pipeline& pipeline_;
  Position top_;
  Position stage_;
  Position job_;
};

class Walk {
 public:
  Walk(Pipeline& pipeline, Position top) : pipeline_(pipeline), top_(top) {}

  void run() {
    walk_resources();
    walk_job(top_, {}, {});
    walk_jobs(top_, {});
    pipeline_.field(top_, "stages", [&](Position stages) {
      each_item(pipeline_, stages, [&](Position stage) { walk_jobs(stage, stage); });
    });
  }

 private:
  void walk_resources() {
    const Lookup* values = pipeline_.keep<Values>(pipeline_, top_, Position{}, Position{});
    pipeline_.field(top_, "resources", [&](Position resources) {
      pipeline_.field(resources, "containers", [&](Position containers) {
        each_item(pipeline_, containers, [&](Position container) {
          aliases_.insert(pipeline_.text(container, "container"));
          note_credentials(container);
          if (!pipeline_.view.find(container, "type"))
            pipeline_.field(container, "image", [&](Position image) { pipeline_.image(image, values); });
        });
      });
    });
  }

  void note_credentials(Position container) {
    for (const std::string_view key : {"endpoint", "azureSubscription"})
      pipeline_.credential_of(container, key);
  }

  /// A string that may be an alias, of this file or of another.
  void walk_container(Position at, const Lookup* values) {
    if (!pipeline_.is_scalar(at)) {
      note_credentials(at);
      return pipeline_.field(at, "image", [&](Position image) { pipeline_.image(image, values); });
    }
    const std::string_view text = pipeline_.view.text(at);
    if (aliases_.contains(text)) return;
    const bool is_bare =
        std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
    pipeline_.image(at, values, is_bare ? role::probable_image : role::image);
  }

  void walk_job(Position owner, Position stage, Position job) {
    const Lookup* values = pipeline_.keep<Values>(pipeline_, top_, stage, job);
    pipeline_.field(owner, "container", [&](Position at) { walk_container(at, values); });
    pipeline_.field(owner, "services", [&](Position services) {
      pipeline_.each_value(services, [&](Position service) { walk_container(service, values); });
    });
    pipeline_.field(owner, "steps", [&](Position steps) { walk_steps(steps, values); });
    pipeline_.field(owner, "strategy", [&](Position strategy) {
      for (const std::string_view key : {"runOnce", "rolling", "canary"})
        pipeline_.field(strategy, key, [&](Position hooks) { walk_hooks(hooks, values, 0); });
    });
  }

  /// `deploy.steps`, `on.failure.steps`.
  void walk_hooks(Position hooks, const Lookup* values, int depth) {
    constexpr int deepest = 1;
    pipeline_.each_value(hooks, [&](Position hook) {
      pipeline_.field(hook, "steps", [&](Position steps) { walk_steps(steps, values); });
      if (depth < deepest) walk_hooks(hook, values, depth + 1);
    });
  }

  void walk_jobs(Position owner, Position stage) {
    pipeline_.field(owner, "jobs", [&](Position jobs) {
      each_item(pipeline_, jobs, [&](Position job) { walk_job(job, stage, job); });
    });
  }

  void walk_steps(Position steps, const Lookup* values) {
    const auto script = [&](Position at) { pipeline_.script(at, pipeline_.new_script(values)); };
    each_item(pipeline_, steps, [&](Position step) {
      pipeline_.field(step, "script", script);
      pipeline_.field(step, "bash", script);
      const std::string_view task = pipeline_.text(step, "task");
      if (task.starts_with("Bash@") || task.starts_with("CmdLine@"))
        pipeline_.field(step, "inputs", [&](Position inputs) { pipeline_.field(inputs, "script", script); });
    });
  }

  Pipeline& pipeline_;
  Position top_;
  std::set<std::string_view> aliases_;
};

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document)
    Walk(pipeline, pipeline.view.top(document)).run();
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &azure_pipelines,
                        .language = {.cut = languages::azure, .cut_script = languages::azure_script},
                        .walk = walk});
}

}  // namespace

constinit const KindInfo azure_pipelines = {
    .name = "azure-pipelines",
    .title = "Azure pipeline",
    .plural = "Azure pipelines",
    .summary = "Pipelines of Azure DevOps and their templates.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
