#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM alpine:3.20 AS build\nCOPY --from=⟦build⟧ /a /b\n"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20\nRUN echo\nCOPY --from=⟦0⟧ /a /b\n"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20 AS build\nFROM alpine:3.20\nCOPY --from=build /a /b\n"},
};

void check(const Subject& subject, Report& report) {
  const ImageUse& use = *subject.use;
  if (!is_copy_or_mount(use) || (use.kind != Kind::stage && use.kind != Kind::stage_index)) return;
  if (use.stage != subject.document->stage_index_of(use)) return;
  report.at({subject.document->source, use.span}, quoted(use.value.text()) + " is the stage this stands in");
}

}  // namespace

extern const Rule self_copy;
constinit const Rule self_copy = {
    .info =
        {
            .name = "self-copy",
            .summary = "`--from` names its own stage.",
            .why = "A stage cannot be copied from before it is finished. The builder refuses it as a circle.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
