#include <string>

#include "rules/rule.hpp"
#include "rules/support/locked.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view on = "rules:\n  lock-missing: warning\n";

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦nginx:1.27⟧\n", .config = on, .lock = example_lock},
    {.file = "compose.yaml",
     .text = "services:\n  db:\n    image: redis:7.4\n",
     .config = on,
     .lock = example_lock},
    {.file = "Dockerfile", .text = "FROM nginx:1.27\n", .config = on, .note = "There is no lock at all"},
};

void check(const Subject& subject, Report& report) {
  if (!report.policy().lock) return;
  const auto name = locked_name(subject);
  if (!name || report.policy().lock->find(*name)) return;
  const Reference& parts = subject.parts;
  report.at(subject, {parts.without_suffix().begin, parts.tag ? parts.tag->end : parts.name.end},
            "the lock does not know " + quoted(*name));
}

}  // namespace

extern const Rule lock_missing;
constinit const Rule lock_missing = {
    .info =
        {
            .name = "lock-missing",
            .summary = "An image that the lock does not know.",
            .why = "A team that keeps an imglint.lock wants to know what each tag means, and since when. An "
                   "image that "
                   "was added without it escapes --from-lock and the rules about digests.",
            .severity = Severity::off,
            .strict_severity = Severity::off,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
