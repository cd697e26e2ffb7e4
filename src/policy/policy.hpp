// Policy: the validated settings that a run judges by, for one folder. Plain data; read from .imglint.yaml by
// policy/config, or the defaults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/finding.hpp"
#include "policy/near_words.hpp"
#include "policy/pattern_list.hpp"
#include "policy/regular_expression.hpp"
#include "policy/rule_info.hpp"
#include "registry/lock.hpp"

namespace imglint {

/// Value of a rule's option, of the type its OptionInfo declares. A table_list is a list of key/value maps
/// whose values are lists (one item for a scalar).
using OptionTable = std::map<std::string, std::vector<std::string>, std::less<>>;
using OptionValue =
    std::variant<bool, std::int64_t, std::string, std::vector<std::string>, std::vector<OptionTable>>;

/// Settings of one rule after preset, configuration and overrides.
struct RuleSettings {
  Severity severity = Severity::warning;
  bool severity_is_said = false;                            ///< by a configuration: it holds for all findings
  Severity unresolved = Severity::off;                      ///< how to report "cannot judge"
  bool locked = false;                                      ///< comments cannot silence it
  std::map<std::string, OptionValue, std::less<>> options;  ///< only what is configured

  /// An option's value, or the given one where it is not configured.
  [[nodiscard]] bool flag(std::string_view option, bool otherwise) const;
  [[nodiscard]] std::int64_t number(std::string_view option, std::int64_t otherwise) const;
  [[nodiscard]] std::string_view text(std::string_view option, std::string_view otherwise) const;
  [[nodiscard]] const std::vector<std::string>& list(std::string_view option) const;
  [[nodiscard]] const std::vector<OptionTable>& tables(std::string_view option) const;
  /// A list of patterns.
  [[nodiscard]] const PatternList& patterns(std::string_view option) const;
  /// The entries of a table of which some pattern of a column matches, or some location of it is the name's,
  /// in their order.
  [[nodiscard]] std::vector<const OptionTable*> tables_for(std::string_view option, std::string_view column,
                                                           const ImageName& name) const;

  /// Made by Policy::finish(): by option, for a column of a table by `option.column`.
  std::map<std::string, PatternList, std::less<>> pattern_lists;
};

/// The items of a table's key; empty if it is not there.
[[nodiscard]] const std::vector<std::string>& items(const OptionTable& table, std::string_view key);

/// An entry of registries.deny.
struct DenyEntry {
  std::string pattern;
  std::string message;  ///< may be empty
  std::string use;      ///< retarget target, may be empty
};

/// A mirror: references to `from` should be written with `to`.
struct MirrorEntry {
  std::string from;
  std::string to;
};

struct Exception {
  std::vector<std::string> rules;   ///< empty: all
  std::vector<std::string> images;  ///< patterns; empty: all
  std::vector<std::string> paths;   ///< globs below the configuration's folder; empty: all
  std::string reason;
  std::string until;  ///< YYYY-MM-DD, or empty
};

struct Policy {
  std::map<std::string, RuleSettings, std::less<>> rules;  ///< by rule name; every rule has an entry
  std::vector<std::string> allow;                          ///< registries.allow, patterns
  std::vector<DenyEntry> deny;                             ///< registries.deny
  std::vector<MirrorEntry> mirrors;
  std::vector<std::string> contexts;
  std::vector<Exception> exceptions;
  bool compat = false;             ///< hadolint's and dclint's comments count
  bool compat_is_said = false;     ///< the configuration says whether they do
  bool is_narrowed = false;        ///< options of the run left rules out
  std::optional<DigestLock> lock;  ///< the project's imglint.lock, if it has one
  std::string as_of;               ///< YYYY-MM-DD that dated facts are judged by

  // Made by finish() of what stands above, so that no file is judged by going through long lists.
  PatternList allowed;                       ///< of allow
  PatternList denied;                        ///< of deny, owned by their entries
  PatternList mirrored;                      ///< what lies at or below the `from` of mirrors, owned by them
  PatternList excepted;                      ///< images of exceptions, owned by them
  std::vector<std::uint32_t> excepting_all;  ///< exceptions for all images
  NearWords hosts;                           ///< that allow and the option `known` of registry-typo name
  RegularExpressions expressions;            ///< of all options

  /// The settings of a rule of the catalogue.
  [[nodiscard]] const RuleSettings& settings(std::string_view rule) const { return rules.find(rule)->second; }
  /// Those of a rule that is on; null where it is off or unknown.
  [[nodiscard]] const RuleSettings* settings_if_on(std::string_view rule) const {
    const auto found = rules.find(rule);
    return found == rules.end() || found->second.severity == Severity::off ? nullptr : &found->second;
  }
  /// After the last change, before the first use. `infos` say which options hold patterns and expressions.
  void finish(std::span<const RuleInfo* const> infos);
};

/// The policy of a preset without a configuration file.
[[nodiscard]] Policy default_policy(std::span<const RuleInfo* const> rules, bool strict,
                                    std::string_view as_of);

}  // namespace imglint
