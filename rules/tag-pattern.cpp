#include <regex>
#include <string>

#include "policy/pattern.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view table_keys[] = {"images", "pattern", "forbid"};

constexpr OptionInfo options[] = {
    {.name = "patterns",
     .type = OptionType::table_list,
     .doc = "regular expressions (ECMAScript) that tags of some images must, or must not, contain a match of",
     .keys = table_keys},
};

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM ghcr.io/acme/base:⟦2024-snapshot⟧\n",
     .config = "rules:\n  tag-pattern:\n    patterns:\n      - {images: [\"ghcr.io/acme/**\"], forbid: "
               "\"-snapshot$\"}\n"},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    image: ghcr.io/acme/web:⟦blue⟧\n",
     .config =
         "rules:\n  tag-pattern:\n    patterns:\n      - images: [\"ghcr.io/acme/**\"]\n        pattern: "
         "'^\\d+\\.\\d+\\.\\d+$'\n"},
    {.file = "Dockerfile",
     .text = "FROM ghcr.io/acme/base:1.4.2\n",
     .config =
         "rules:\n  tag-pattern:\n    patterns:\n      - images: [\"ghcr.io/acme/**\"]\n        pattern: "
         "'^\\d+\\.\\d+\\.\\d+$'\n"},
};

/// A regular expression that does not compile matches everything that must match and nothing that must not:
/// the configuration has refused it.
bool contains_match(std::string_view text, const std::string& expression, bool if_faulty) {
  try {
    return std::regex_search(std::string(text), std::regex(expression, std::regex::ECMAScript));
  } catch (const std::regex_error&) {
    return if_faulty;
  }
}

void check(const Subject& subject, Report& report) {
  const auto& tables = report.settings().tables("patterns");
  if (tables.empty() || !is_pulled_image(subject)) return;
  if (subject.tag == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds the tag");
  const Reference& parts = subject.parts;
  if (!parts.tag) return;
  const std::string_view tag = subject.name.tag;
  for (const OptionTable& table : tables) {
    if (!matches_any(items(table, "images"), subject.name)) continue;
    for (const std::string& wanted : items(table, "pattern")) {
      if (contains_match(tag, wanted, true)) continue;
      report.at(subject, *parts.tag, "tag " + quoted(tag) + " is not of the form " + quoted(wanted));
      return;
    }
    for (const std::string& forbidden : items(table, "forbid")) {
      if (!contains_match(tag, forbidden, false)) continue;
      report.at(subject, *parts.tag, "tag " + quoted(tag) + " is of the forbidden form " + quoted(forbidden));
      return;
    }
  }
}

}  // namespace

extern const Rule tag_pattern;
constinit const Rule tag_pattern = {
    .info =
        {
            .name = "tag-pattern",
            .summary = "A tag that is not of the form agreed upon for its image.",
            .why = "Teams agree on versions, dates or release channels for their own images. A tag of "
                   "another form is "
                   "a build that was not meant to be used.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .needs_configuration = true,
            .judges_parts = true,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .group = "tag",
};

}  // namespace imglint::rules
