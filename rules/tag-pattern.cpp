#include <string>

#include "policy/pattern.hpp"
#include "policy/regular_expression.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"
#include "rules/support/tags.hpp"

namespace imglint::rules {
namespace {

constexpr ColumnInfo columns[] = {
    {.name = "images", .type = OptionType::pattern_list, .doc = "what images it is about", .required = true},
    {.name = "pattern", .type = OptionType::regex_list, .doc = "their tags must contain a match"},
    {.name = "forbid", .type = OptionType::regex_list, .doc = "their tags must not contain a match"},
};
constexpr std::string_view any_of[] = {"pattern", "forbid"};

constexpr OptionInfo options[] = {
    {.name = "patterns",
     .type = OptionType::table_list,
     .doc = "regular expressions (ECMAScript, as far as RE2 has it) that tags of some images must, or must "
            "not, contain a match of",
     .columns = columns,
     .any_of = any_of},
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

void check(const Subject& subject, Report& report) {
  const auto& tables = report.settings().tables("patterns");
  if (tables.empty() || !is_pulled_image(subject)) return;
  if (subject.tag == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds the tag");
  const Reference& parts = subject.parts;
  if (!parts.tag) return;
  const std::string_view tag = subject.name.tag;
  const RegularExpressions& expressions = report.policy().expressions;
  for (const OptionTable* table : report.settings().tables_for("patterns", "images", subject.name)) {
    for (const std::string& wanted : items(*table, "pattern")) {
      if (expressions.contains_match(tag, wanted).value_or(true)) continue;
      report.at(subject, *parts.tag, "tag " + quoted(tag) + " is not of the form " + quoted(wanted));
      return;
    }
    for (const std::string& forbidden : items(*table, "forbid")) {
      if (!expressions.contains_match(tag, forbidden).value_or(false)) continue;
      report.at(subject, *parts.tag, "tag " + quoted(tag) + " is of the forbidden form " + quoted(forbidden));
      return;
    }
  }
}

}  // namespace

extern const Rule tag_pattern;
constinit const Rule tag_pattern =
    tag_rule(TagRank::pattern,
             {
                 .name = "tag-pattern",
                 .summary = "A tag that is not of the form agreed upon for its image.",
                 .why = "Teams agree on versions, dates or release channels for their own images. A tag of "
                        "another form is "
                        "a build that was not meant to be used.",
                 .severity = Severity::warning,
                 .strict_severity = Severity::warning,
                 .needs_configuration = true,
                 .options = options,
                 .examples = examples,
             },
             check);

}  // namespace imglint::rules
