// RuleInfo: what a rule says of itself, apart from its function. Help, docs, configuration, schema and report
// metadata come from it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/finding.hpp"

namespace imglint {

/// A file that a rule flags or lets pass. ⟦ and ⟧ mark the span that must be reported and are no part of the
/// file.
struct Example {
  std::string_view file;         ///< name that decides the dialect: "Dockerfile", "compose.yaml"
  std::string_view text;         ///< with marks: flagged; without: passes
  std::string_view config = {};  ///< text of an .imglint.yaml that the example needs
  std::string_view lock = {};    ///< text of an imglint.lock that it needs
  std::string_view note = {};    ///< one line for the docs
};

enum class OptionType : std::uint8_t {
  boolean,
  integer,
  text,
  date,      ///< YYYY-MM-DD
  choice,    ///< one of OptionInfo::choices
  regex,     ///< a regular expression (policy/regular_expression.hpp)
  location,  ///< a registry, or a registry and a path below it
  count,     ///< `2`, or a range of numbers: `2-4`
  text_list,
  word_list,     ///< the same; one word stands for a list of it
  regex_list,    ///< a regular expression, or a list of them
  pattern_list,  ///< image patterns (docs/spec/rules.md 1, "Patterns")
  table_list,    ///< a list of mappings whose keys are OptionInfo::columns
};

/// A key of an entry of a table.
struct ColumnInfo {
  std::string_view name;
  OptionType type = OptionType::text;  ///< neither choice nor table_list
  std::string_view doc;                ///< a few words
  bool required = false;
};

/// A key that a rule takes in the configuration beside severity, unresolved and locked.
struct OptionInfo {
  std::string_view name;
  OptionType type = OptionType::text;
  std::string_view doc;                 ///< one line
  std::string_view default_value = {};  ///< as it would be written in YAML; empty: nothing
  std::span<const std::string_view> choices = {};
  std::span<const ColumnInfo> columns = {};
  std::span<const std::string_view> any_of = {};  ///< columns of which an entry needs at least one
};

/// What a rule's fixes are; `none` where it never offers one.
enum class Fixability : std::uint8_t { none, suggestion, unsafe, safe };

struct RuleInfo {
  std::string_view name;                         ///< kebab-case: what is wrong
  std::string_view summary;                      ///< one line
  std::string_view why;                          ///< a paragraph
  Severity severity = Severity::warning;         ///< preset recommended
  Severity strict_severity = Severity::warning;  ///< preset strict
  bool needs_configuration = false;              ///< does nothing until configured ("policy" rules)
  bool judges_parts = false;                     ///< can end in "cannot judge", so it takes `unresolved`
  bool of_all_readings = false;  ///< silent on a use that is resolved in another project that reads the file
  bool keeps_names = false;      ///< names in its options stay right after their images have moved
  Fixability fixability = Fixability::none;
  std::span<const OptionInfo> options = {};
  std::span<const Example> examples = {};
};

}  // namespace imglint
