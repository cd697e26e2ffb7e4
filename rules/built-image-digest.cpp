#include <string>

#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    build: .\n    image: acme/app:1⟦@sha256:"
             "beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d⟧\n",
     .note = "A build cannot make an image of a digest that is known before"},
    {.file = "compose.yaml", .text = "services:\n  app:\n    build: .\n    image: acme/app:1\n"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: acme/app:1@sha256:"
             "beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n",
     .note = "It is pulled"},
};

void check(const Subject& subject, Report& report) {
  if (!subject.has_parts || subject.use->role->function != Function::output || !subject.parts.digest) return;
  const TextRange range{subject.parts.digest->begin - 1, subject.parts.digest->end};
  Finding& finding = report.at(subject, range, "this names what is built here, and a build refuses a digest");
  offer_fix(finding, "remove the digest", Safety::unsafe, edit_of(subject, range, ""));
}

}  // namespace

extern const Rule built_image_digest;
constinit const Rule built_image_digest = {
    .info =
        {
            .name = "built-image-digest",
            .summary = "A digest in the name of what a build produces.",
            .why = "The digest of an image is known when it has been built, not before. Docker refuses to "
                   "create a tag "
                   "with a digest, so that the build fails; tools that write digests without a look at "
                   "`build` put "
                   "them there.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .fixability = Fixability::unsafe,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
