#include <string>

#include "base/edit_distance.hpp"
#include "base/word_list.hpp"
#include "rules/rule.hpp"
#include "rules/support/arguments.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "predefined", .type = OptionType::text_list, .doc = "names that the builder sets by itself"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "ARG VERSION=3.20\nFROM alpine:${⟦VERSON⟧}\n"},
    {.file = "Dockerfile",
     .text = "FROM ${⟦BASE⟧:-alpine:3.20}\n",
     .note = "Without an ARG no build argument can reach it"},
    {.file = "Dockerfile", .text = "FROM --platform=$⟦BUILDPLATFROM⟧ alpine:3.20\n"},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM "
             "--platform=$$⟦TARGETPLATFROM⟧ "
             "node:20\n"},
    {.file = "Dockerfile", .text = "ARG VERSION=3.20\nFROM alpine:${VERSION}\n"},
    {.file = "Dockerfile", .text = "FROM base-${TARGETARCH}\n", .note = "Set by the builder"},
};

void report_variable(const Variable& variable, const Document& document, const ImageUse& use,
                     const ArgumentIndex& arguments, Report& report) {
  const Location place = name_of(variable);
  Finding& finding =
      report.at(document, use, place, "no ARG before the first FROM declares " + quoted(variable.name));
  if (document.blocks_edits() || place.source != document.source) return;
  if (place.source->text(place.span) != variable.name) return;
  if (const auto nearest = nearest_word(variable.name, arguments.global_names()))
    offer_fix(finding, "write " + quoted(*nearest), Safety::suggestion,
              Edit{place.source, place.span, *nearest});
}

void check(const CheckedDocument& checked, Report& report) {
  const Document& document = *checked.document;
  const bool is_inside = !document.file_part().has_stages;
  if (is_inside && !document.leaves_unset_empty) return;
  const ArgumentIndex arguments(document);
  for_each_from_variable(document, [&](const ImageUse& use, const Variable& variable) {
    // Without a value invalid-reference says what is wrong with the expansion.
    if (!use.value.is_known() || document.part_of(use).is_foreign) return;
    if (is_inside && !is_left_to_builder(variable)) return;
    if (variable.declared || has_word(report.settings().list("predefined"), variable.name)) return;
    // An ARG inside a stage is the business of arg-scope.
    if (!arguments.in_stage_before(use, variable.name))
      report_variable(variable, document, use, arguments, report);
  });
}

}  // namespace

extern const Rule undefined_arg;
constinit const Rule undefined_arg = {
    .info =
        {
            .name = "undefined-arg",
            .summary = "A variable in FROM that no global ARG declares.",
            .why = "FROM sees the ARGs before the first FROM and nothing else: not ENV, not the ARGs of "
                   "stages. Any "
                   "other variable is empty, whatever build arguments are given.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .fixability = Fixability::suggestion,
            .options = options,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
