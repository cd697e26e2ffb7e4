#include "config/keys.hpp"

#include <algorithm>
#include <iterator>

#include "kinds/index.hpp"

namespace imglint {
namespace {

ConfigType type_of(OptionType type) {
  switch (type) {
    case OptionType::boolean:
      return ConfigType::boolean;
    case OptionType::integer:
      return ConfigType::integer;
    case OptionType::text:
      return ConfigType::text;
    case OptionType::date:
      return ConfigType::date;
    case OptionType::choice:
      return ConfigType::choice;
    case OptionType::regex:
      return ConfigType::regex;
    case OptionType::location:
      return ConfigType::location;
    case OptionType::count:
      return ConfigType::count;
    case OptionType::text_list:
      return ConfigType::names;
    case OptionType::word_list:
      return ConfigType::words;
    case OptionType::regex_list:
      return ConfigType::regexes;
    case OptionType::pattern_list:
      return ConfigType::patterns;
    case OptionType::table_list:
      return ConfigType::groups;
  }
  return ConfigType::text;
}

ConfigKey option_key(const OptionInfo& option) {
  ConfigKey key{.name = option.name, .type = type_of(option.type), .doc = option.doc};
  key.default_value = option.default_value;
  key.choices.assign(option.choices.begin(), option.choices.end());
  for (const ColumnInfo& column : option.columns)
    key.keys.push_back(
        {.name = column.name, .type = type_of(column.type), .doc = column.doc, .required = column.required});
  key.any_of.assign(option.any_of.begin(), option.any_of.end());
  return key;
}

std::vector<std::string_view> all_severities() {
  return {std::begin(severity_names), std::end(severity_names)};
}

ConfigKey rule_key(const RuleInfo& rule) {
  ConfigKey key{.name = rule.name, .type = ConfigType::rule, .doc = rule.summary};
  key.default_value = to_string(rule.severity);
  key.keeps_names = rule.keeps_names;
  key.keys.push_back({.name = "severity",
                      .type = ConfigType::choice,
                      .doc = "how a finding of this rule is reported",
                      .default_value = to_string(rule.severity),
                      .choices = all_severities()});
  if (rule.judges_parts)
    key.keys.push_back({.name = "unresolved",
                        .type = ConfigType::choice,
                        .doc = "how it is reported that a part is unknown and the rule cannot judge",
                        .default_value = "off",
                        .choices = all_severities()});
  key.keys.push_back({.name = "locked",
                      .type = ConfigType::boolean,
                      .doc = "comments cannot silence the rule",
                      .default_value = "false"});
  for (const OptionInfo& option : rule.options) key.keys.push_back(option_key(option));
  return key;
}

ConfigKey allow_key() {
  return {.name = "allow",
          .type = ConfigType::registry_patterns,
          .doc = "what images may come from; anything else breaks registry-not-allowed",
          .may_be_empty = false};
}

ConfigKey deny_key() {
  return {
      .name = "deny",
      .type = ConfigType::groups,
      .doc = "what images may not come from, a pattern or a mapping each; breaks registry-denied",
      .keeps_names = true,
      .keys = {{.name = "pattern", .type = ConfigType::pattern, .doc = "what is denied", .required = true},
               {.name = "message", .type = ConfigType::text, .doc = "said to whoever uses it"},
               {.name = "use", .type = ConfigType::location, .doc = "what to use instead, for fixes"}},
      .short_form = "pattern"};
}

ConfigKey mirrors_key() {
  return {
      .name = "mirrors",
      .type = ConfigType::groups,
      .doc = "mirrors that images are to be pulled through; for mirror-bypass",
      .keeps_names = true,
      .keys = {{.name = "from", .type = ConfigType::location, .doc = "what is mirrored", .required = true},
               {.name = "to", .type = ConfigType::location, .doc = "the mirror", .required = true}}};
}

std::vector<std::string_view> kind_names() {
  std::vector<std::string_view> names;
  for (const KindInfo* kind : all_kinds()) names.push_back(kind->name);
  return names;
}

ConfigKey files_key() {
  return {.name = "files",
          .type = ConfigType::groups,
          .doc =
              "files that are read although their names say nothing, or as something else; the last that "
              "matches wins",
          .keys = {{.name = "paths",
                    .type = ConfigType::globs,
                    .doc = "files, relative to the folder of this file",
                    .required = true,
                    .may_be_empty = false},
                   {.name = "kind",
                    .type = ConfigType::choice,
                    .doc = "what they are read as",
                    .required = true,
                    .choices = kind_names()}}};
}

ConfigKey places_key() {
  return {
      .name = "places",
      .type = ConfigType::groups,
      .doc = "where references stand in YAML and JSON files of one's own; 'imglint explain places' shows how",
      .keys = {{.name = "files",
                .type = ConfigType::globs,
                .doc = "files, relative to the folder of this file",
                .required = true,
                .may_be_empty = false},
               {.name = "path",
                .type = ConfigType::tree_path,
                .doc = "where the reference stands, or what holds its parts: $.workers[*].image",
                .required = true},
               {.name = "parts",
                .type = ConfigType::group,
                .doc = "keys below the path, of a reference that is written in parts",
                .keys = {{.name = "registry", .type = ConfigType::text, .doc = "key of the registry"},
                         {.name = "repository", .type = ConfigType::text, .doc = "key of the repository"},
                         {.name = "tag", .type = ConfigType::text, .doc = "key of the tag"}}},
               {.name = "role",
                .type = ConfigType::choice,
                .doc = "what the reference is for",
                .default_value = "image",
                .choices = {"image"}}}};
}

ConfigKey rules_key(const std::vector<ConfigKey>& rules) {
  return {.name = "rules",
          .type = ConfigType::group,
          .doc = "a severity for each rule, or a mapping with its options",
          .keys = rules};
}

ConfigKey exceptions_key() {
  return {
      .name = "exceptions",
      .type = ConfigType::groups,
      .doc = "findings that are not reported: all that is given must match",
      .keys = {{.name = "rules",
                .type = ConfigType::rules,
                .doc = "these rules; all without it",
                .may_be_empty = false},
               {.name = "images",
                .type = ConfigType::patterns,
                .doc = "these images; all without it",
                .may_be_empty = false},
               {.name = "paths",
                .type = ConfigType::globs,
                .doc = "files, relative to the folder of this file; all without it",
                .may_be_empty = false},
               {.name = "reason", .type = ConfigType::text, .doc = "why, for readers", .keeps_names = true},
               {.name = "until", .type = ConfigType::date, .doc = "the last day on which it counts"}},
      .any_of = {"rules", "images", "paths"}};
}

ConfigKey overrides_key(const std::vector<ConfigKey>& rules) {
  return {.name = "overrides",
          .type = ConfigType::groups,
          .doc = "settings for some files; the last that matches wins",
          .keys = {{.name = "paths",
                    .type = ConfigType::globs,
                    .doc = "files, relative to the folder of this file",
                    .required = true,
                    .may_be_empty = false},
                   rules_key(rules),
                   {.name = "registries",
                    .type = ConfigType::group,
                    .doc = "added to what the whole file says",
                    .keys = {allow_key(), deny_key(), mirrors_key()}}},
          .any_of = {"rules", "registries"}};
}

}  // namespace

std::vector<ConfigKey> config_keys(std::span<const RuleInfo* const> rules) {
  std::vector<ConfigKey> rule_keys;
  for (const RuleInfo* rule : rules) rule_keys.push_back(rule_key(*rule));
  std::vector<ConfigKey> keys = {
      {.name = "extends",
       .type = ConfigType::files,
       .doc = "other such files whose settings come first, relative to the folder of this file"},
      files_key(),
      places_key(),
      {.name = "exclude",
       .type = ConfigType::globs,
       .doc = "files and folders that no walk takes, relative to the folder of this file"},
      {.name = "preset",
       .type = ConfigType::choice,
       .doc = "the severities that rules have unless they are set",
       .default_value = "recommended",
       .choices = {"recommended", "strict"}},
      {.name = "registries",
       .type = ConfigType::group,
       .doc = "where images may come from",
       .keys = {allow_key(), deny_key(), mirrors_key()}},
      rules_key(rule_keys),
      {.name = "contexts",
       .type = ConfigType::names,
       .doc = "build contexts that are given by name when building, and so are no images"},
      exceptions_key(),
      overrides_key(rule_keys),
      {.name = "compat",
       .type = ConfigType::boolean,
       .doc = "comments that silence other linters count as well",
       .default_value = "false"},
  };
  const std::vector<ConfigKey> run = run_config_keys();
  keys.insert(keys.end(), run.begin(), run.end());
  return keys;
}

bool takes_list(ConfigType type) {
  switch (type) {
    case ConfigType::files:
    case ConfigType::names:
    case ConfigType::assignments:
    case ConfigType::renames:
    case ConfigType::prefixes:
    case ConfigType::patterns:
    case ConfigType::registry_patterns:
    case ConfigType::globs:
    case ConfigType::rules:
    case ConfigType::words:
    case ConfigType::regexes:
    case ConfigType::groups:
      return true;
    default:
      return false;
  }
}

bool takes_word(ConfigType type) {
  switch (type) {
    case ConfigType::files:
    case ConfigType::renames:
    case ConfigType::prefixes:
    case ConfigType::words:
    case ConfigType::regexes:
      return true;
    case ConfigType::group:
      return false;
    default:
      return !takes_list(type);
  }
}

std::string_view describe(ConfigType type) {
  switch (type) {
    case ConfigType::boolean:
      return "true or false";
    case ConfigType::integer:
      return "a whole number";
    case ConfigType::text:
      return "a text";
    case ConfigType::date:
      return "a day as 2027-01-31";
    case ConfigType::choice:
      return "one word";
    case ConfigType::regex:
      return "a regular expression";
    case ConfigType::regexes:
      return "a regular expression or a list of them";
    case ConfigType::count:
      return "a number or a range of numbers, as 2-4";
    case ConfigType::file:
      return "a path";
    case ConfigType::files:
      return "a path or a list of paths";
    case ConfigType::names:
      return "a list of words";
    case ConfigType::assignments:
      return "a list of NAME=VALUE";
    case ConfigType::renames:
      return "FROM=TO or a list of such";
    case ConfigType::prefixes:
      return "a name as docker.io/acme or a list of such";
    case ConfigType::patterns:
      return "a list of image patterns";
    case ConfigType::registry_patterns:
      return "a list of registry patterns";
    case ConfigType::pattern:
      return "a registry pattern";
    case ConfigType::location:
      return "a registry with an optional path, as ghcr.io/acme";
    case ConfigType::tree_path:
      return "a path as $.workers[*].image";
    case ConfigType::globs:
      return "a list of path globs";
    case ConfigType::rules:
      return "a list of rule names";
    case ConfigType::words:
      return "a word or a list of words";
    case ConfigType::group:
      return "a mapping";
    case ConfigType::groups:
      return "a list of mappings";
    case ConfigType::rule:
      return "a severity or a mapping";
  }
  return {};
}

const ConfigKey* find_key(const std::vector<ConfigKey>& keys, std::string_view name) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace imglint
