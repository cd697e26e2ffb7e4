#include "kinds/github.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "base/path.hpp"
#include "kinds/languages.hpp"
#include "kinds/references.hpp"
#include "source/file_system.hpp"

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

/// Lines of an input that are `NAME=value`, with the ranges of both.
template <class Take>
void each_assignment(std::string_view text, const Take& take) {
  for (std::uint32_t begin = 0; begin < text.size();) {
    const auto end = static_cast<std::uint32_t>(std::min(text.find('\n', begin), text.size()));
    const TextRange line = trimmed(text, {begin, end});
    const auto equals = line.of(text).find('=');
    if (equals != std::string_view::npos && equals > 0) {
      const auto at = line.begin + static_cast<std::uint32_t>(equals);
      take(TextRange{line.begin, at}.of(text), TextRange{at + 1, line.end});
    }
    begin = end + 1;
  }
}

/// The top of the repository that a workflow belongs to, as a path; nothing for a file elsewhere.
std::optional<std::string> repository_of(std::string_view path) {
  const auto workflows = path.rfind("/workflows/");
  if (workflows == path.npos) return std::nullopt;
  return std::string(folder_of(path.substr(0, workflows)));
}

void add_arguments(Pipeline& pipeline, Position value, const Lookup* lookup, Build& build) {
  constexpr std::size_t most_arguments = 1000;
  const Pipeline::Amount amount = pipeline.amount(value, lookup);
  Document& document = pipeline.document();
  const std::string_view text = amount.is_known ? amount.text.text() : pipeline.view.text(value);
  const MappedText unknown("?", {});  // given, but nobody knows as what
  each_assignment(text, [&](std::string_view name, TextRange range) {
    if (build.arguments.size() >= most_arguments) return;
    build.arguments.push_back({.name = document.arena.copy(name),
                               .has_value = amount.is_known,
                               .value = amount.is_known ? amount.text.sub(range, document.arena) : unknown,
                               .variables = amount.variables});
  });
}

/// What docker/build-push-action builds, where the inputs say of which file of the repository.
void add_build(Pipeline& pipeline, Position step, const Lookup* lookup) {
  Document& document = pipeline.document();
  const auto top = repository_of(document.source->path());
  const Position with = pipeline.view.find(step, "with");
  const auto text_of = [&](std::string_view key) -> std::optional<std::string_view> {
    const Position value = pipeline.view.find(with, key);
    if (!value) return std::string_view();
    const Pipeline::Amount amount = pipeline.amount(value, lookup);
    return amount.is_known ? std::optional(amount.text.text()) : std::nullopt;
  };
  const auto context = text_of("context");
  const auto file = text_of("file");
  const auto is_elsewhere = [](std::string_view path) {
    return path.find("://") != path.npos || path.find("{{") != path.npos || path.starts_with("git@");
  };
  if (!top || !context || !file || is_elsewhere(*context)) return;
  const Position uses = pipeline.view.find(step, "uses");
  const Span place = pipeline.span_of(uses);
  Build build{.owner = static_cast<OwnerIndex>(document.owners.size())};
  build.context = context->empty() ? "." : *context;
  const std::string path = file->empty() ? join_path(build.context, "Dockerfile") : std::string(*file);
  build.dockerfile = document.arena.copy(path);
  build.dockerfile_path =
      document.arena.copy(normal_path(path.starts_with('/') || top->empty() ? path : join_path(*top, path)));
  build.is_located = true;
  if (const Position target = pipeline.view.find(with, "target")) {
    build.target_text = pipeline.amount(target, lookup).text;
    build.target = build.target_text.text();
  }
  if (const Position value = pipeline.view.find(with, "build-args"))
    add_arguments(pipeline, value, lookup, build);
  each_assignment(pipeline.text(with, "build-contexts"), [&](std::string_view name, TextRange /*value*/) {
    build.contexts.push_back(document.arena.copy(name));
  });
  document.owners.push_back({.label = "step",
                             .name = pipeline.text(step, "name"),
                             .name_span = place,
                             .span = place,
                             .build = static_cast<std::int32_t>(document.builds.size())});
  document.builds.push_back(std::move(build));
}

}  // namespace

PipelineLanguage language() { return {.cut = languages::github, .cut_script = languages::github}; }

void walk_steps(Pipeline& pipeline, Position steps, const Lookup* lookup,
                const std::vector<Position>& environments) {
  if (pipeline.path.is_full()) return;
  pipeline.each_item(steps, [&](Position step) {
    pipeline.field(step, "uses",
                   [&](Position uses) { pipeline.image(uses, lookup, role::docker_image, Entry::prefixed); });
    const std::string_view action = pipeline.text(step, "uses");
    walk_inputs(pipeline, step, action, lookup);
    if (action.starts_with("docker/build-push-action@")) add_build(pipeline, step, lookup);
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
