#include "rules/rule.hpp"
#include "rules/support/moves.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "as-of",
     .type = OptionType::date,
     .doc = "judge by what was so on this date (YYYY-MM-DD); the run's date if not given"},
    {.name = "ignore", .type = OptionType::pattern_list, .doc = "images that are not reported"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦k8s.gcr.io⟧/pause:3.9\n"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: ⟦docker.pkg.github.com⟧/acme/app/app:1.2\n"},
    {.file = "Dockerfile",
     .text = "FROM ⟦gcr.io⟧/acme/app:1.2\n",
     .note = "Worth knowing, but it still works"},
    {.file = "Dockerfile", .text = "FROM registry.k8s.io/pause:3.9\n"},
    {.file = "Dockerfile", .text = "FROM gcr.io/distroless/static:nonroot\n", .note = "Stays where it is"},
};

void check(const Subject& subject, Report& report) {
  if (!talks_to_registry(subject) || !subject.parts.registry) return;
  if (subject.registry == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds the registry");
  const MoveFact* fact = move_of(subject, moved_registries(), report);
  // A namespace that moved by itself says more.
  if (!fact || move_of(subject, moved_images(), report)) return;
  report_move(subject, *subject.parts.registry, *fact, subject.name.registry, report);
}

}  // namespace

extern const Rule deprecated_registry;
constinit const Rule deprecated_registry = {
    .info =
        {
            .name = "deprecated-registry",
            .summary = "A registry that is closed, frozen or has moved.",
            .why =
                "Nothing new is published there, and one day nothing can be pulled. The facts are built in, "
                "with "
                "their dates and sources; `--as-of` judges by an earlier date. A registry that is gone is an "
                "error, one that still works is only mentioned; a severity that the configuration gives "
                "holds for "
                "all of them.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .judges_parts = true,
            .keeps_names = true,
            .fixability = Fixability::safe,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
