#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM alpine:⟦3.20⟧@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n",
     .config = "rules:\n  tag-with-digest: warning\n"},
    {.file = "compose.yaml",
     .text = "services:\n  db:\n    image: "
             "redis:⟦7.4⟧@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n",
     .config = "rules:\n  tag-with-digest: warning\n"},
    {.file = "Dockerfile",
     .text = "FROM alpine@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n",
     .config = "rules:\n  tag-with-digest: warning\n"},
};

void check(const Subject& subject, Report& report) {
  if (!is_pulled_image(subject)) return;
  const Reference& parts = subject.parts;
  if (!parts.digest || !parts.tag) return;
  if (subject.digest == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds the digest");
  Finding& finding = report.at(subject, *parts.tag, "the tag beside a digest is ignored");
  offer_fix(finding, "drop the tag", Safety::safe,
            edit_of(subject, {parts.tag->begin - 1, parts.tag->end}, ""));
}

}  // namespace

extern const Rule tag_with_digest;
constinit const Rule tag_with_digest = {
    .info =
        {
            .name = "tag-with-digest",
            .summary = "A tag beside a digest, which the digest overrules.",
            .why = "Docker pulls the digest and ignores the tag, so the tag can say something that is not "
                   "true. The "
                   "opposite house style of `digest-without-tag`.",
            .severity = Severity::off,
            .strict_severity = Severity::off,
            .judges_parts = true,
            .fixability = Fixability::safe,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
