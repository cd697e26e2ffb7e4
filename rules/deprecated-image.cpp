#include <string>

#include "policy/pattern.hpp"
#include "rules/rule.hpp"
#include "rules/support/move_fix.hpp"
#include "rules/support/moves.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr ColumnInfo columns[] = {
    {.name = "images", .type = OptionType::pattern_list, .doc = "what is deprecated", .required = true},
    {.name = "message", .type = OptionType::text, .doc = "why, or since when"},
    {.name = "from", .type = OptionType::text, .doc = "beginning of the old name"},
    {.name = "to", .type = OptionType::location, .doc = "what stands there in the new name"},
};

constexpr OptionInfo options[] = {
    {.name = "as-of",
     .type = OptionType::date,
     .doc = "judge by what was so on this date (YYYY-MM-DD); the run's date if not given"},
    {.name = "ignore", .type = OptionType::pattern_list, .doc = "images that are not reported"},
    {.name = "entries",
     .type = OptionType::table_list,
     .doc = "further images, with a message and, for a move, the old and new prefix of the name",
     .columns = columns},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦openjdk⟧:17-slim\n"},
    {.file = "compose.yaml", .text = "services:\n  db:\n    image: ⟦bitnami/postgresql⟧:16.4.0\n"},
    {.file = "Dockerfile", .text = "FROM ⟦vault⟧:1.13.3\n"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: ⟦acme/old⟧:1\n",
     .config = "rules:\n  deprecated-image:\n    entries: [{images: [acme/old], message: renamed, from: "
               "acme/old, to: "
               "docker.io/acme/new}]\n"},
    {.file = "Dockerfile", .text = "FROM eclipse-temurin:17-jre\n"},
    {.file = "compose.yaml",
     .text = "services:\n  secrets:\n    image: bitnami/sealed-secrets-controller:0.27.1\n",
     .note = "Not part of the move"},
};

std::string first_item(const OptionTable& table, std::string_view key) {
  const auto& values = items(table, key);
  return values.empty() ? std::string() : values.front();
}

/// The images of the configuration.
bool report_configured(const Subject& subject, TextRange range, Report& report) {
  for (const OptionTable* entry : report.settings().tables_for("entries", "images", subject.name)) {
    const std::string message = first_item(*entry, "message");
    Finding& finding =
        report.at(subject, range,
                  quoted(subject.text(range)) + " is deprecated" + (message.empty() ? "" : ": " + message));
    const MirrorEntry move{first_item(*entry, "from"), first_item(*entry, "to")};
    if (!move.to.empty())
      tell_refusal(finding, offer_map(finding, subject, move, Safety::unsafe, report.policy()));
    return true;
  }
  return false;
}

void check(const Subject& subject, Report& report) {
  if (!is_pulled_image(subject)) return;
  if (subject.registry == Knowledge::unknown || subject.repository == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value decides which image it is");
  const TextRange range = subject.parts.without_suffix();
  if (report_configured(subject, range, report)) return;
  if (const MoveFact* fact = move_of(subject, moved_images(), report))
    report_move(subject, range, *fact, subject.text(range), report);
}

}  // namespace

extern const Rule deprecated_image;
constinit const Rule deprecated_image = {
    .info =
        {
            .name = "deprecated-image",
            .summary = "An image that moved, is frozen or is no longer maintained.",
            .why = "It gets no fixes, and its tags disappear one by one. The facts are built in, with their "
                   "dates and sources; `--as-of` judges by an earlier date. An image that is gone is an "
                   "error; a severity that the configuration gives holds for all of them.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .judges_parts = true,
            .keeps_names = true,
            .fixability = Fixability::unsafe,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
