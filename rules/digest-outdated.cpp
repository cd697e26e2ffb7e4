#include <string>

#include "rules/rule.hpp"
#include "rules/support/locked.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20@⟦sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c⟧\n",
     .lock = example_lock,
     .note = "imglint.lock has seen this digest, and a later one"},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n",
     .lock = example_lock},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\n",
     .note = "Without a lock nobody knows"},
};

void check(const Subject& subject, Report& report) {
  const LockedImage* locked = locked_image(report.policy(), subject);
  if (!locked || !subject.parts.digest || subject.name.digest == locked->digest ||
      !locked->seen.contains(subject.name.digest))
    return;
  Finding& finding = report.at(subject, *subject.parts.digest,
                               "the tag had this digest from " + locked->seen.at(subject.name.digest) +
                                   " on; the lock has a later one");
  offer_fix(finding, "write the digest of the lock", Safety::unsafe,
            edit_of(subject, *subject.parts.digest, locked->digest));
}

}  // namespace

extern const Rule digest_outdated;
constinit const Rule digest_outdated = {
    .info =
        {
            .name = "digest-outdated",
            .summary = "A digest that its tag had before, by the lock.",
            .why = "imglint.lock says what a tag means since registries were last asked. A file that still "
                   "has the "
                   "digest from before builds upon the old image, without the fixes that the new one brings.",
            .severity = Severity::info,
            .strict_severity = Severity::warning,
            .fixability = Fixability::unsafe,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
