#include "kinds/kind.hpp"

#include <array>

#include "kinds/languages.hpp"
#include "kinds/pipeline.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo buildkite;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"env: {REGISTRY: quay.io/acme}\n"
     "steps:\n"
     "  - command: make\n"
     "    plugins:\n"
     "      - docker#v5.11.0: {image: ⟦$REGISTRY/ci:1⟧}\n"
     "  - group: g\n"
     "    steps:\n"
     "      - {command: make, image: ⟦alpine:3.20⟧}\n",
     "images of steps, and of the plugins docker and kubernetes"},
};
constexpr std::string_view names[] = {".buildkite/**/*.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image};

/// `env` of the file, the matrix of a step, defaults.
class Values final : public Lookup {
 public:
  Values(Pipeline& pipeline, Position top, Position step) : pipeline_(pipeline), top_(top), step_(step) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override {
    if (part.range.of(text.text()).starts_with("{{")) return of_matrix(part.name);
    const Position value = pipeline_.view.find(pipeline_.view.find(top_, "env"), part.name);
    if (pipeline_.is_scalar(value)) return {.supplies = {pipeline_.fallback(value, this)}};
    if (part.op.empty() || part.operand.empty() || part.operand.end > text.text().size()) return {};
    return {.supplies = {pipeline_.fallback(text, part.operand, this)}};
  }

 private:
  [[nodiscard]] Meaning of_matrix(std::string_view name) const {
    compose::View& view = pipeline_.view;
    const Position matrix = view.find(step_, "matrix");
    const Position setup = pipeline_.is_list(matrix) ? matrix : view.find(matrix, "setup");
    Meaning meaning;
    if (name == "matrix") {
      if (pipeline_.is_list(setup)) pipeline_.add_items(setup, this, meaning);
      return meaning;
    }
    constexpr std::string_view before = "matrix.";
    if (!name.starts_with(before)) return {};
    const std::string_view key = name.substr(before.size());
    if (!pipeline_.is_map(setup)) return {};
    pipeline_.add_items(view.find(setup, key), this, meaning);
    for (const Position adjustment : view.items(view.find(matrix, "adjustments"))) {
      const Position value = view.find(view.find(adjustment, "with"), key);
      if (pipeline_.is_scalar(value) && !has(meaning, view.text(value)))
        pipeline_.add_items(value, this, meaning);
    }
    return meaning;
  }
  [[nodiscard]] bool has(const Meaning& meaning, std::string_view value) const {
    for (const Supply& supply : meaning.supplies)
      if (supply.item != yaml::no_node && pipeline_.view.tree()[supply.item].value == value) return true;
    return false;
  }

  Pipeline& pipeline_;
  Position top_;
  Position step_;
};

bool is_docker_plugin(std::string_view name) {
  name = name.substr(0, name.find('#'));
  return name == "docker" || name == "buildkite-plugins/docker" ||
         name.ends_with("/docker-buildkite-plugin") || name.ends_with("/docker-buildkite-plugin.git");
}

void walk_plugin(Pipeline& pipeline, const compose::Entry& plugin, const Lookup* values) {
  const auto image = [&](Position at) { pipeline.image(at, values); };
  if (is_docker_plugin(plugin.key)) return pipeline.field(plugin.value, "image", image);
  if (plugin.key.substr(0, plugin.key.find('#')) != "kubernetes") return;
  pipeline.field(plugin.value, "podSpec", [&](Position pod) {
    for (const std::string_view key : {"containers", "initContainers"})
      pipeline.field(pod, key, [&](Position containers) {
        pipeline.each_item(containers,
                           [&](Position container) { pipeline.field(container, "image", image); });
      });
  });
}

/// Plugins that log in, for the step at the path.
void note_credentials(Pipeline& pipeline, Position plugins) {
  const std::string scope = pipeline.path.text().substr(0, pipeline.path.text().rfind('.') + 1);
  const auto note = [&](std::string_view key, Position at) {
    const std::string_view whole = key.substr(0, key.find('#'));
    const std::string_view name = whole.substr(whole.rfind('/') + 1);
    for (const std::string_view known : {"docker-login", "ecr", "gcp-workload-identity"})
      if (name == known || name == std::string(known) + "-buildkite-plugin")
        pipeline.credential(at, known, scope);
  };
  const auto note_keys = [&](Position map) {
    for (const compose::Entry& entry : pipeline.view.entries(map)) note(entry.key, {entry.key_node, true});
  };
  note_keys(plugins);
  for (const Position item : pipeline.view.items(plugins)) {
    note_keys(item);
    if (pipeline.is_scalar(item)) note(pipeline.view.text(item), item);
  }
}

void walk_steps(Pipeline& pipeline, Position top, Position steps) {
  if (pipeline.path.is_full()) return;
  pipeline.each_item(steps, [&](Position step) {
    const Lookup* values = pipeline.keep<Values>(pipeline, top, step);
    pipeline.field(step, "image", [&](Position image) { pipeline.image(image, values); });
    pipeline.field(step, "plugins", [&](Position plugins) {
      const auto plugin = [&](const compose::Entry& entry) { walk_plugin(pipeline, entry, values); };
      pipeline.each_entry(plugins, plugin);
      pipeline.each_item(plugins, [&](Position item) { pipeline.each_entry(item, plugin); });
      note_credentials(pipeline, plugins);
    });
    for (const std::string_view key : {"command", "commands"})
      pipeline.field(step, key, [&](Position command) {
        const auto script = [&](Position at) { pipeline.script(at, pipeline.new_script(values)); };
        script(command);
        pipeline.each_item(command, script);
      });
    pipeline.field(step, "steps", [&](Position inner) { walk_steps(pipeline, top, inner); });
  });
}

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document) {
    const Position top = pipeline.view.top(document);
    if (pipeline.is_list(top)) {
      walk_steps(pipeline, top, top);
      continue;
    }
    if (!pipeline.is_list(pipeline.view.find(top, "steps"))) continue;
    const Lookup* values = pipeline.keep<Values>(pipeline, top, Position{});
    pipeline.field(top, "image", [&](Position image) { pipeline.image(image, values); });
    pipeline.field(top, "steps", [&](Position steps) { walk_steps(pipeline, top, steps); });
  }
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &buildkite,
                        .language = {.cut = languages::buildkite, .cut_script = languages::buildkite_script},
                        .walk = walk});
}

}  // namespace

constinit const KindInfo buildkite = {
    .name = "buildkite",
    .title = "Buildkite pipeline",
    .plural = "Buildkite pipelines",
    .summary = "Pipelines of Buildkite.",
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
