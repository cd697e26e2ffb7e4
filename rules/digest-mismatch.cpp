#include <string>

#include "rules/rule.hpp"
#include "rules/support/locked.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM redis:7.4@⟦sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d⟧\n",
     .lock = example_lock,
     .note = "imglint.lock knows redis:7.4 with another digest, and with no third one"},
    {.file = "Dockerfile",
     .text = "FROM redis:7.4@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\n",
     .lock = example_lock},
    {.file = "Dockerfile",
     .text = "FROM nginx:1.27@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n",
     .lock = example_lock,
     .note = "The lock does not know it"},
};

bool is_platform_digest(const LockedImage& locked, std::string_view digest) {
  for (const auto& [platform, of_platform] : locked.platforms)
    if (of_platform == digest) return true;
  return false;
}

void check(const Subject& subject, Report& report) {
  const LockedImage* locked = locked_image(report.policy(), subject);
  if (!locked || !subject.parts.digest || subject.name.digest == locked->digest ||
      locked->seen.contains(subject.name.digest) || is_platform_digest(*locked, subject.name.digest))
    return;
  report.at(subject, *subject.parts.digest,
            "the lock has never seen this digest under the tag " + quoted(subject.name.tag) +
                "; the digest is what counts, whatever the tag says");
}

}  // namespace

extern const Rule digest_mismatch;
constinit const Rule digest_mismatch = {
    .info =
        {
            .name = "digest-mismatch",
            .summary = "A digest that its tag never had, as far as the lock knows.",
            .why = "Where tag and digest disagree, the container tools take the digest and say nothing. A "
                   "reader sees "
                   "one version and gets another: by a slip of copying, or because somebody wants it so.",
            .severity = Severity::warning,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
