#include <string>

#include "base/date.hpp"
#include "rules/rule.hpp"
#include "rules/support/locked.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::int64_t usual_days = 30;

constexpr OptionInfo options[] = {
    {.name = "days",
     .type = OptionType::integer,
     .doc = "how old an answer of a registry may be, by the date of --as-of",
     .default_value = "30"},
};

constexpr std::string_view on = "rules:\n  lock-age: {severity: warning, days: 7}\n";

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM ⟦alpine:3.20⟧\n",
     .config = on,
     .lock = example_lock,
     .note = "imglint.lock asked for it on 2026-11-01; the date of this run is 2026-11-24"},
    {.file = "Dockerfile", .text = "FROM redis:7.4\n", .config = on, .lock = example_lock},
};

void check(const Subject& subject, Report& report) {
  const LockedImage* locked = locked_image(report.policy(), subject);
  if (!locked || !is_date(report.policy().as_of)) return;
  const long age = day_number(report.policy().as_of) - day_number(locked->at);
  if (age <= report.settings().number("days", usual_days)) return;
  const Reference& parts = subject.parts;
  report.at(subject, {parts.without_suffix().begin, parts.tag ? parts.tag->end : parts.name.end},
            "the lock says what this tag meant on " + locked->at + "; 'imglint pin --update' asks again");
}

}  // namespace

extern const Rule lock_age;
constinit const Rule lock_age = {
    .info =
        {
            .name = "lock-age",
            .summary = "An image whose entry in the lock is old.",
            .why = "A lock that nobody renews keeps old images in use for ever. Registries are asked by "
                   "'imglint pin "
                   "--update'; this rule says when it is time.",
            .severity = Severity::off,
            .strict_severity = Severity::off,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
