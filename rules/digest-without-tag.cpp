#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM alpine@⟦sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d⟧\n",
     .config = "rules:\n  digest-without-tag: warning\n"},
    {.file = "compose.yaml",
     .text = "services:\n  db:\n    image: "
             "redis@⟦sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d⟧\n",
     .config = "rules:\n  digest-without-tag: warning\n"},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n",
     .config = "rules:\n  digest-without-tag: warning\n"},
};

void check(const Subject& subject, Report& report) {
  if (!is_pulled_image(subject)) return;
  const Reference& parts = subject.parts;
  if (!parts.digest || parts.tag) return;
  if (subject.tag == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value may hold the tag");
  report.at(subject, *parts.digest, "a digest without a tag: nobody can see which version it is");
}

}  // namespace

extern const Rule digest_without_tag;
constinit const Rule digest_without_tag = {
    .info =
        {
            .name = "digest-without-tag",
            .summary = "A digest alone tells a reader nothing.",
            .why = "The tag beside a digest is not used for pulling, but it tells people which version was "
                   "meant, and "
                   "tools that keep images up to date need it.",
            .severity = Severity::off,
            .strict_severity = Severity::off,
            .judges_parts = true,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
