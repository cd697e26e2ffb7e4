#include "policy/pattern.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "allow", .type = OptionType::pattern_list, .doc = "images that may be named in `--from`"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20\nCOPY --from=⟦ghcr.io/acme/tool:1⟧ /tool /\n",
     .config = "rules:\n  external-copy: warning\n"},
    {.file = "Dockerfile",
     .text = "FROM ghcr.io/acme/tool:1 AS tool\nFROM alpine:3.20\nCOPY --from=tool /tool /\n",
     .config = "rules:\n  external-copy: warning\n"},
};

void check(const Subject& subject, Report& report) {
  if (!is_copy_or_mount(*subject.use) || !is_pulled_image(subject)) return;
  if (report.settings().patterns("allow").matches_any(subject.name)) return;
  report.at_image(
      {subject.document->source, subject.use->span},
      quoted(subject.use->value.text()) + " is an image; a stage of its own would make it visible");
}

}  // namespace

extern const Rule external_copy;
constinit const Rule external_copy = {
    .info =
        {
            .name = "external-copy",
            .summary = "An image named in `COPY --from` or `RUN --mount`.",
            .why = "Scanners, update bots and readers look at FROM lines. With a stage of its own the image "
                   "is seen by "
                   "all of them. A matter of house style.",
            .severity = Severity::off,
            .strict_severity = Severity::info,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
