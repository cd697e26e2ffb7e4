// The keys of .imglint.yaml as one table: reading, error messages, the JSON Schema and the documentation are
// all made from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_info.hpp"

namespace imglint {

/// What may stand as the value of a key.
enum class ConfigType : std::uint8_t {
  boolean,
  integer,
  text,
  date,               ///< YYYY-MM-DD
  choice,             ///< one of ConfigKey::choices
  regex,              ///< a regular expression (policy/regular_expression.hpp)
  regexes,            ///< one or a list of them
  count,              ///< a number, or a range of numbers: `2-4`
  file,               ///< a path, relative to the folder of the file it is written in
  files,              ///< one such path or a list of them
  names,              ///< a list of words
  assignments,        ///< a list of NAME=VALUE
  renames,            ///< FROM=TO or a list of them
  prefixes,           ///< names of images, or what such names begin with: one or a list of them
  patterns,           ///< a list of image patterns (docs/spec/rules.md 1, "Patterns")
  registry_patterns,  ///< the same without tags and digests
  pattern,            ///< one registry pattern
  location,           ///< a registry, or a registry and a path below it
  tree_path,          ///< a path in a YAML or JSON file: `$.app[*].image`
  globs,              ///< a list of globs of paths (base/path_glob.hpp)
  rules,              ///< a list of rule names
  words,              ///< a word or a list of words, of ConfigKey::choices if there are any
  group,              ///< a mapping with ConfigKey::keys
  groups,             ///< a list of such mappings; one word stands for a mapping with the key `short_form`
  rule,               ///< a severity, or a mapping with ConfigKey::keys
};

struct ConfigKey {
  std::string_view name;
  ConfigType type = ConfigType::text;
  std::string_view doc;                 ///< one line
  std::string_view default_value = {};  ///< as it would be written; empty: nothing
  bool required = false;                ///< of an entry of a list
  bool may_be_empty = true;             ///< of a list; an empty one takes back what an extended file says
  bool keeps_names = false;             ///< names in it stay right after their images have moved
  bool is_target = false;               ///< of a location: images are moved there, as --to says
  std::vector<std::string_view> choices = {};
  /// The choices that a word of other tools may mean, for hints; empty if it is none of these.
  std::string_view (*meant)(std::string_view word) = nullptr;
  std::vector<ConfigKey> keys = {};
  std::string_view short_form = {};
  std::vector<std::string_view> any_of = {};  ///< keys of which an entry needs at least one
  bool is_of_runs = false;                    ///< it holds for a run as a whole
};

/// The keys of the whole file, those of the given rules and their options among them.
[[nodiscard]] std::vector<ConfigKey> config_keys(std::span<const RuleInfo* const> rules);

/// What holds for a run as a whole: of the configuration that counts for the folder in which it is started.
[[nodiscard]] std::vector<ConfigKey> run_config_keys();

/// The key of this name; null if there is none.
[[nodiscard]] const ConfigKey* find_key(const std::vector<ConfigKey>& keys, std::string_view name);

/// Nobody reads more mistakes, and each costs a search for the word that was meant.
inline constexpr std::size_t most_config_errors = 100;
/// Larger files of configuration are not read.
inline constexpr std::uint32_t most_config_bytes = 1u << 20;

/// What may stand where a list of this type is expected, and where one word is. A group takes neither.
[[nodiscard]] bool takes_list(ConfigType type);
[[nodiscard]] bool takes_word(ConfigType type);

/// What `include` and --include take, and `format` and --format.
inline constexpr std::string_view include_words[] = {"syntax", "built",   "cache",    "scripts",
                                                     "docs",   "markers", "probable", "features"};
inline constexpr std::string_view report_format_names[] = {
    "text", "compact", "json", "jsonl", "sarif", "github", "gitlab", "checkstyle", "junit", "rdjson", "html"};

/// The names of severities, for messages and the schema.
inline constexpr std::string_view severity_names[] = {"off", "info", "warning", "error"};

/// `a list of image patterns`, as in "must be …".
[[nodiscard]] std::string_view describe(ConfigType type);

}  // namespace imglint
