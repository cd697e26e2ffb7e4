#include "kinds/github.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "kinds/languages.hpp"

namespace imglint::github {
namespace {

using compose::Position;

/// An input of an action that holds references.
struct Input {
  std::string_view action;  ///< before the `@`
  std::string_view name;
  const RoleInfo* role = nullptr;
  Entry entry = Entry::whole;
};
// Of their action.yml (2026).
constexpr Input inputs[] = {
    {"docker/build-push-action", "tags", &role::build_tag, Entry::tags},
    {"docker/build-push-action", "cache-from", &role::cache_from, Entry::cache_lines},
    {"docker/build-push-action", "cache-to", &role::cache_to, Entry::cache_lines},
    {"docker/build-push-action", "build-contexts", &role::build_context, Entry::context_lines},
    {"docker/build-push-action", "build-args", &role::build_arg, Entry::argument_lines},
    {"docker/metadata-action", "images", &role::build_tag, Entry::metadata_lines},
    {"docker/setup-qemu-action", "image", &role::image, Entry::input},
    {"docker/setup-buildx-action", "driver-opts", &role::image, Entry::driver_lines},
    {"aquasecurity/trivy-action", "image-ref", &role::image, Entry::input},
    {"anchore/scan-action", "image", &role::image, Entry::input},
    {"anchore/sbom-action", "image", &role::image, Entry::input},
    {"addnab/docker-run-action", "image", &role::image, Entry::input},
    {"helm/kind-action", "node_image", &role::image, Entry::input},
};

/// `env` of the step, then of what is around it; what the workflow's language puts in is not known to a
/// script, but it is to `env`.
class Environment final : public Lookup {
 public:
  /// `around` gives values to the expressions in `env`; null: nothing does.
  Environment(Pipeline& pipeline, std::vector<Position> maps, const Lookup* around)
      : pipeline_(pipeline), maps_(std::move(maps)), around_(around) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& /*text*/) const override {
    if (part.outer) return {};
    for (auto map = maps_.rbegin(); map != maps_.rend(); ++map)
      if (const Position value = pipeline_.view.find(*map, part.name); pipeline_.is_scalar(value))
        return {.supplies = {pipeline_.fallback(value, around_)}};
    return {};
  }

 private:
  Pipeline& pipeline_;
  std::vector<Position> maps_;
  const Lookup* around_;
};

bool is_shell(std::string_view shell) {
  const std::string_view program = shell.substr(0, shell.find(' '));
  return shell.empty() || program == "sh" || program == "bash";
}

void walk_inputs(Pipeline& pipeline, Position step, std::string_view action, const Lookup* lookup) {
  const std::string name = lower_case(action.substr(0, action.find('@')));
  const auto is_own = [&](const Input& input) { return input.action == name; };
  if (std::ranges::none_of(inputs, is_own)) return;
  pipeline.field(step, "with", [&](Position with) {
    for (const Input& input : inputs)
      if (is_own(input))
        pipeline.field(with, input.name,
                       [&](Position value) { pipeline.image(value, lookup, *input.role, input.entry); });
  });
}

}  // namespace

PipelineLanguage language() { return {.cut = languages::github, .cut_script = languages::github}; }

void walk_steps(Pipeline& pipeline, Position steps, const Lookup* lookup,
                const std::vector<Position>& environments) {
  if (pipeline.path.is_full()) return;
  pipeline.each_item(steps, [&](Position step) {
    pipeline.field(step, "uses",
                   [&](Position uses) { pipeline.image(uses, lookup, role::docker_image, Entry::prefixed); });
    walk_inputs(pipeline, step, pipeline.text(step, "uses"), lookup);
    pipeline.field(step, "parallel",
                   [&](Position inner) { walk_steps(pipeline, inner, lookup, environments); });
    if (!is_shell(pipeline.text(step, "shell"))) return;
    pipeline.field(step, "run", [&](Position run) {
      std::vector<Position> maps = environments;
      maps.push_back(pipeline.view.find(step, "env"));
      pipeline.script(run,
                      pipeline.new_script(pipeline.keep<Environment>(pipeline, std::move(maps), lookup)));
    });
  });
}

}  // namespace imglint::github
