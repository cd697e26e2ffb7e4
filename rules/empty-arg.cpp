#include <algorithm>

#include "rules/rule.hpp"
#include "rules/support/arguments.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "required-ok",
     .type = OptionType::boolean,
     .doc = "`${NAME:?message}` is fine: the build says itself what is missing",
     .default_value = "true"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "ARG ⟦VERSION⟧\nFROM alpine:${VERSION}\n"},
    {.file = "Dockerfile", .text = "ARG VERSION=3.20\nFROM alpine:${VERSION}\n"},
    {.file = "Dockerfile", .text = "ARG VERSION\nFROM alpine:${VERSION:-3.20}\n"},
    {.file = "Dockerfile", .text = "ARG VERSION\nFROM alpine:${VERSION:?which alpine?}\n"},
    {.file = "Dockerfile",
     .text = "ARG MIRROR\nFROM ${MIRROR}quay.io/acme/app:1\n",
     .note = "Without it an image is left all the same"},
};

bool is_required(std::string_view op) { return op == ":?" || op == "?"; }
/// The empty text is what these ask for where there is no value.
bool has_its_own_answer(std::string_view op) { return op == ":-" || op == "-" || op == ":+" || op == "+"; }

/// Whether what is left without the variables that have no value is still an image or a stage. A required
/// variable leaves nothing.
bool is_valid_without(const Document& document, const ImageUse& use) {
  if (!use.value.is_known()) return false;
  const auto is_meant = [&](const Stage& stage) {
    return !stage.name.empty() && stage.name == use.value.text() && stage.name_span.end <= use.span.begin;
  };
  return use.parsed() != nullptr || std::ranges::any_of(document.stages, is_meant);
}

bool depends_on_caller(const Variable& variable, const RuleSettings& settings) {
  if (variable.source != VariableSource::none || !variable.needed || !variable.declared ||
      variable.is_engine || has_its_own_answer(variable.op))
    return false;
  return !is_required(variable.op) || !settings.flag("required-ok", true);
}

/// A variable of the compose file that gives the argument.
bool is_of_argument(const ImageUse& use, const Variable& variable) {
  return variable.within < use.value.variables.size() &&
         use.value.variables[variable.within].source == VariableSource::build_args;
}

void check(const CheckedDocument& checked, Report& report) {
  const Document& document = *checked.document;
  if (!document.file_part().has_stages || document.is_never_built) return;
  const ArgumentIndex arguments(document);
  for_each_base_variable(document, [&](const ImageUse& use, const Variable& variable) {
    if (is_valid_without(document, use) || !depends_on_caller(variable, report.settings()) ||
        is_of_argument(use, variable))
      return;
    const Argument* argument = arguments.global_before(use, variable.name);
    if (!argument || argument->has_default) return;
    Finding& finding =
        report.at({document.source, argument->name_span},
                  "ARG " + quoted(variable.name) +
                      " has no default, so a build without this argument has no image name to use");
    finding.related.push_back({{document.source, use.span}, "used here"});
  });
}

}  // namespace

extern const Rule empty_arg;
constinit const Rule empty_arg = {
    .info =
        {
            .name = "empty-arg",
            .summary = "An ARG without a default on which an image name depends.",
            .why =
                "`docker build .` fails, or worse, finds an image by what is left of the name. A default, or "
                "`${NAME:?message}`, makes the file usable as it stands.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .options = options,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
