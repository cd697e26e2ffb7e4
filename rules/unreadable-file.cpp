#include "rules/rule.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM alpine:3.20\n⟦COPPY⟧ a b\n"},
    {.file = "compose.yaml", .text = "services:\n  web:\n    image: nginx:1.27\n    ⟦image⟧: nginx:1.28\n"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20\nCOPY a b\n"},
};

void check(const CheckedDocument& checked, Report& report) {
  for (const Trouble& trouble : checked.document->troubles) {
    // A required variable is for the environment to set.
    if (trouble.kind == Trouble::Kind::remark || trouble.kind == Trouble::Kind::required_variable) continue;
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
