#include <algorithm>
#include <string>

#include "base/word_list.hpp"
#include "rules/rule.hpp"
#include "rules/support/arguments.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "assume",
     .type = OptionType::text_list,
     .doc = "variables that whoever starts the project is known to set"},
};

constexpr Example examples[] = {
    {.file = "compose.yaml", .text = "services:\n  web:\n    image: nginx:⟦${TAG}⟧\n"},
    {.file = "compose.yaml", .text = "services:\n  web:\n    image: nginx:${TAG:-1.27}\n"},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    image: nginx:${TAG:?which nginx?}\n",
     .note = "Compose says itself what is missing"},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    build:\n      dockerfile_inline: |\n        ARG V=20\n        FROM "
             "node:⟦$V⟧\n",
     .note = "Compose replaces it before the builder sees it; `$$V` is the Dockerfile's"},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    image: nginx:${TAG}\n",
     .config = "rules:\n  unset-image-variable:\n    assume: [TAG]\n"},
};

void check(const Subject& subject, Report& report) {
  const ImageUse& use = *subject.use;
  if (!subject.document->leaves_unset_empty) return;
  // It may stand behind the mistake, or behind what nobody gives.
  if (!subject.document->environment_troubles.empty() || !subject.document->environment_lacks.empty() ||
      subject.document->lacks_variables)
    return;
  if (use.role->function == Function::output && !is_built_but_pulled(subject)) return;
  const bool in_dockerfile = subject.document->part_of(use).has_stages;
  // Nowhere else does the builder take variables, and a name that must have one of compose is compose's.
  const bool may_be_builders = in_dockerfile && is_stage_base(*use.role) &&
                               std::ranges::none_of(use.value.variables, [](const Variable& variable) {
                                 return variable.op == ":?" || variable.op == "?";
                               });
  const auto& assume = report.settings().list("assume");
  std::vector<Variable> variables = use.value.variables;
  if (in_dockerfile && is_stage_base(*use.role)) {
    const auto& of_platform = subject.document->platform_of(use).variables;
    variables.insert(variables.end(), of_platform.begin(), of_platform.end());
  }
  for (const Variable& variable : variables) {
    if (variable.source != VariableSource::none || !variable.op.empty() || !variable.needed) continue;
    if (variable.is_engine) continue;
    if (has_word(assume, variable.name)) continue;
    if (in_dockerfile && is_left_to_builder(variable)) continue;
    report.at(*subject.document, use,
              variable.written.source ? variable.written : Location{subject.document->source, use.span},
              "variable " + quoted(variable.name) + " has no default and no value in .env, so it is empty" +
                  (may_be_builders && variable.within == no_variable
                       ? "; write '$$' for the Dockerfile's own variable"
                       : ""));
  }
}

}  // namespace

extern const Rule unset_image_variable;
constinit const Rule unset_image_variable = {
    .info =
        {
            .name = "unset-image-variable",
            .summary = "A variable in an image name with neither default nor value.",
            .why = "Compose puts in nothing and warns; what is left is `name:` or a name without its "
                   "registry. A "
                   "value in the `env_file` of a service does not count here: it reaches the container only.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .of_all_readings = true,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
