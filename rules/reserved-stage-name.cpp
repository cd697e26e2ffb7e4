#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM alpine:3.20 AS ⟦scratch⟧\n"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20 AS ⟦context⟧\n"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20 AS base\n"},
};

void check(const CheckedDocument& checked, Report& report) {
  for (const Stage& stage : checked.document->stages)
    if (stage.name == "scratch" || stage.name == "context")
      report.at({checked.document->source, stage.name_span},
                quoted(stage.name) + " has a meaning of its own and cannot name a stage");
}

}  // namespace

extern const Rule reserved_stage_name;
constinit const Rule reserved_stage_name = {
    .info =
        {
            .name = "reserved-stage-name",
            .summary = "A stage called `scratch` or `context`.",
            .why = "`scratch` is the empty base and `context` the build context. A stage of that name hides "
                   "them from "
                   "the rest of the file.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
