#include <algorithm>

#include "rules/rule.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM alpine:3.20\n⟦COPPY⟧ a b\n"},
    {.file = "compose.yaml", .text = "services:\n  web:\n    image: nginx:1.27\n    ⟦image⟧: nginx:1.28\n"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20\nCOPY a b\n"},
};

/// `from=$X` of a mount, `${}` in a name: invalid-reference says it of the same bytes.
bool is_told_of_reference(const Document& document, const Trouble& trouble) {
  return std::any_of(document.uses.begin(), document.uses.end(), [&](const ImageUse& use) {
    if (!use.active) return false;
    if (use.error_kind == UseError::variable_not_allowed) return use.span == trouble.span;
    // A text has one such mistake; in a Dockerfile inside of it others may be.
    return trouble.kind == Trouble::Kind::template_ && use.error_kind == UseError::expansion_failed &&
           use.span.contains(trouble.span) && !document.part_of(use).nested;
  });
}

void check(const CheckedDocument& checked, Report& report) {
  for (const auto& [place, message, asked] : checked.document->environment_troubles)
    if (checked.document->is_compose)
      report.at(place, message + ", so docker compose stops").at_use =
          asked.source ? asked : Location{checked.document->source, {}};
  for (const Trouble& trouble : checked.document->troubles) {
    // A required variable is for the environment to set.
    if (trouble.kind == Trouble::Kind::remark || trouble.kind == Trouble::Kind::required_variable) continue;
    if (is_told_of_reference(*checked.document, trouble)) continue;
    report.at({checked.document->source, trouble.span}, trouble.message);
  }
}

}  // namespace

extern const Rule unreadable_file;
constinit const Rule unreadable_file = {
    .info =
        {
            .name = "unreadable-file",
            .summary = "Something in the file cannot be understood.",
            .why = "Docker or compose would refuse the file here, or read it otherwise than it looks. What "
                   "stands in the rest of the file is judged all the same.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
