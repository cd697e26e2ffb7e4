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
};

bool is_required(std::string_view op) { return op == ":?" || op == "?"; }
/// The empty text is what these ask for where there is no value.
bool has_its_own_answer(std::string_view op) { return op == ":-" || op == "-" || op == ":+" || op == "+"; }

void check(const Subject& subject, Report& report) {
  const ImageUse& use = *subject.use;
  if (use.role != Role::from || subject.document->dialect != Dialect::dockerfile) return;
  for (const Variable& variable : use.variables) {
    if (variable.source != VariableSource::none || !variable.declared || has_its_own_answer(variable.op))
      continue;
    if (is_required(variable.op) && report.settings().flag("required-ok", true)) continue;
    const Argument* argument = global_argument(subject, variable.name);
    if (!argument || argument->has_default) continue;
    Finding& finding =
        report.at({subject.document->source, argument->name_span},
                  "ARG " + quoted(variable.name) +
                      " has no default, so a build without this argument has no image name to use");
    finding.related.push_back({{subject.document->source, use.span}, "used here"});
  }
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
    .check_use = check,
};

}  // namespace imglint::rules
