#include <string>

#include "policy/pattern.hpp"
#include "policy/tag_version.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"
#include "rules/support/tags.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "min-parts",
     .type = OptionType::integer,
     .doc = "how many numbers a version must have",
     .default_value = "2"},
    {.name = "images", .type = OptionType::pattern_list, .doc = "judge only these images"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM node:⟦22⟧-alpine\n",
     .config = "rules:\n  partial-version: warning\n"},
    {.file = "compose.yaml",
     .text = "services:\n  db:\n    image: postgres:⟦16.4⟧\n",
     .config = "rules:\n  partial-version: {severity: warning, min-parts: 3}\n"},
    {.file = "Dockerfile",
     .text = "FROM node:22.11-alpine\n",
     .config = "rules:\n  partial-version: warning\n"},
    {.file = "Dockerfile",
     .text = "FROM ubuntu:noble-20241011\n",
     .config = "rules:\n  partial-version: warning\n",
     .note = "Not a version"},
};

void check(const Subject& subject, Report& report) {
  const auto place = deciding_tag(subject, report);
  if (!place) return;
  const PatternList& only = report.settings().patterns("images");
  if (!only.empty() && !only.matches_any(subject.name)) return;
  const std::string_view tag = subject.text(*place);
  const auto version = tag_version(tag);
  const auto wanted = report.settings().number("min-parts", 2);
  if (!version || version->is_date() || static_cast<std::int64_t>(version->parts.size()) >= wanted) return;
  const auto begin = place->begin + static_cast<std::uint32_t>(version->text.data() - tag.data());
  const TextRange range{begin, begin + static_cast<std::uint32_t>(version->text.size())};
  report.at(subject, range,
            "version " + quoted(version->text) + " has " + std::to_string(version->parts.size()) + " of " +
                std::to_string(wanted) + " wanted numbers, so it moves with each release below it");
}

}  // namespace

extern const Rule partial_version;
constinit const Rule partial_version = tag_rule(
    TagRank::partial,
    {
        .name = "partial-version",
        .summary = "A version with fewer numbers than wanted.",
        .why = "`node:22` moves with every minor release, `node:22.11` with every patch. How much of "
               "that is "
               "welcome is a matter of house style.",
        .severity = Severity::off,
        .strict_severity = Severity::warning,
        .options = options,
        .examples = examples,
    },
    check);

}  // namespace imglint::rules
