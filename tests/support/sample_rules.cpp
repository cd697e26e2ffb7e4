#include "tests/support/sample_rules.hpp"

namespace imglint::test {
namespace {

constexpr std::string_view digest_choices[] = {"ok", "report"};
constexpr ColumnInfo pattern_columns[] = {
    {.name = "images", .type = OptionType::pattern_list, .doc = "which", .required = true},
    {.name = "pattern", .type = OptionType::regex_list, .doc = "what they must match"},
    {.name = "forbid", .type = OptionType::regex_list, .doc = "what they must not match"}};
constexpr std::string_view pattern_any_of[] = {"pattern", "forbid"};

constexpr OptionInfo allow_options[] = {
    {.name = "allow", .type = OptionType::pattern_list, .doc = "images that may stand without a tag"}};
constexpr OptionInfo latest_options[] = {
    {.name = "allow", .type = OptionType::pattern_list, .doc = "images that publish nothing else"},
    {.name = "with-digest",
     .type = OptionType::choice,
     .doc = "whether a digest makes it right",
     .default_value = "ok",
     .choices = digest_choices}};
constexpr OptionInfo partial_options[] = {
    {.name = "min-parts", .type = OptionType::integer, .doc = "numbers wanted", .default_value = "3"},
    {.name = "strict-names", .type = OptionType::boolean, .doc = "a flag"},
    {.name = "tags", .type = OptionType::text_list, .doc = "words"},
    {.name = "title", .type = OptionType::text, .doc = "a text"},
    {.name = "since", .type = OptionType::date, .doc = "a day"},
    {.name = "parts", .type = OptionType::count, .doc = "a range"},
    {.name = "base", .type = OptionType::location, .doc = "a place"},
    {.name = "word", .type = OptionType::word_list, .doc = "a word or several"}};
constexpr OptionInfo pattern_options[] = {{.name = "patterns",
                                           .type = OptionType::table_list,
                                           .doc = "what tags look like",
                                           .columns = pattern_columns,
                                           .any_of = pattern_any_of}};

constexpr RuleInfo digest_without_tag = {.name = "digest-without-tag",
                                         .summary = "A digest alone.",
                                         .severity = Severity::off,
                                         .strict_severity = Severity::off};
constexpr RuleInfo latest_tag = {.name = "latest-tag",
                                 .summary = "The tag latest.",
                                 .severity = Severity::warning,
                                 .options = latest_options};
constexpr RuleInfo missing_tag = {.name = "missing-tag",
                                  .summary = "No tag.",
                                  .severity = Severity::warning,
                                  .strict_severity = Severity::error,
                                  .judges_parts = true,
                                  .options = allow_options};
constexpr RuleInfo partial_version = {.name = "partial-version",
                                      .summary = "Too few numbers.",
                                      .severity = Severity::off,
                                      .strict_severity = Severity::warning,
                                      .options = partial_options};
constexpr RuleInfo redundant_registry = {.name = "redundant-registry",
                                         .summary = "docker.io written.",
                                         .severity = Severity::off,
                                         .strict_severity = Severity::off};
constexpr RuleInfo require_registry = {.name = "require-registry",
                                       .summary = "No registry.",
                                       .severity = Severity::off,
                                       .strict_severity = Severity::warning};
constexpr RuleInfo tag_pattern = {.name = "tag-pattern",
                                  .summary = "A tag of another shape.",
                                  .severity = Severity::warning,
                                  .needs_configuration = true,
                                  .options = pattern_options};
constexpr RuleInfo tag_with_digest = {.name = "tag-with-digest",
                                      .summary = "A tag beside a digest.",
                                      .severity = Severity::off,
                                      .strict_severity = Severity::off};

constexpr const RuleInfo* rules[] = {&digest_without_tag, &latest_tag,       &missing_tag, &partial_version,
                                     &redundant_registry, &require_registry, &tag_pattern, &tag_with_digest};

}  // namespace

std::span<const RuleInfo* const> sample_rules() { return rules; }

}  // namespace imglint::test
