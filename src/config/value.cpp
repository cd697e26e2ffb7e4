#include "config/value.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/date.hpp"
#include "base/edit_distance.hpp"
#include "base/path_glob.hpp"
#include "base/quote.hpp"
#include "policy/compat.hpp"
#include "policy/pattern.hpp"
#include "policy/regular_expression.hpp"
#include "reference/name_pattern.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

using Fault = std::optional<ValueFault>;

Fault must_be(const ConfigKey& key, std::string_view what, std::string_view value, std::string hint = {}) {
  return ValueFault{quote(key.name) + " must be " + std::string(what) + ", not " + quote(value),
                    std::move(hint)};
}

Fault choice_fault(const ConfigKey& key, std::string_view value, const std::vector<std::string_view>& words) {
  if (std::find(words.begin(), words.end(), value) != words.end()) return std::nullopt;
  const std::vector<std::string> candidates(words.begin(), words.end());
  const std::string_view meant = key.meant ? key.meant(value) : std::string_view();
  const std::string hint =
      meant.empty() ? suggestion(value, candidates, {}) : "did you mean " + std::string(meant) + "?";
  return must_be(key, one_of(words), value, hint);
}

Fault integer_fault(const ConfigKey& key, std::string_view value) {
  const bool digits = std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!value.empty() && value.size() <= 9 && digits) return std::nullopt;
  return must_be(key, describe(ConfigType::integer), value);
}

Fault pattern_fault(std::string_view value, bool suffix_allowed) {
  const Result<Pattern> pattern = Pattern::parse(value);
  if (!pattern) return ValueFault{pattern.error().message, pattern.error().hint};
  if (suffix_allowed || !pattern->has_suffix()) return std::nullopt;
  return ValueFault{
      "pattern " + quote(value) + " has a tag or digest, but registries are judged by name alone",
      "the rule image-not-allowed judges tags"};
}

/// A registry and a path are right if a name below them is.
Fault location_fault(const ConfigKey& key, std::string_view value) {
  const std::string image = std::string(value) + "/image";
  const ReferenceParse parsed = parse_reference(image);
  const Reference* reference = std::get_if<Reference>(&parsed);
  if (reference != nullptr && reference->registry) {
    if (!key.is_target) return std::nullopt;
    const auto target = parse_map_target(value);
    return target ? Fault() : ValueFault{target.error().message, target.error().hint};
  }
  std::string hint;
  if (value.find("://") != value.npos)
    hint = "leave out the scheme";
  else if (value.ends_with('/'))
    hint = "leave out the slash at the end";
  return must_be(key, describe(ConfigType::location), value, std::move(hint));
}

Fault glob_fault(std::string_view value) {
  const auto fault = fault_of_glob(value);
  if (!fault) return std::nullopt;
  return ValueFault{"path glob " + quote(value) + " can never match: " + *fault};
}

/// `$` and steps: `.key`, `..key`, `["any key"]`, `[*]`.
Fault tree_path_fault(const ConfigKey& key, std::string_view value) {
  std::string_view rest = value;
  bool is_right = rest.starts_with('$') && rest.size() > 1;
  if (is_right) rest.remove_prefix(1);
  while (is_right && !rest.empty()) {
    if (rest.starts_with("[*]")) {
      rest.remove_prefix(3);
    } else if (rest.starts_with("[\"")) {
      const auto end = rest.find("\"]", 2);
      is_right = end != rest.npos && end > 2;
      rest.remove_prefix(is_right ? end + 2 : 0);
    } else {
      is_right = rest.front() == '.';
      rest.remove_prefix(rest.starts_with("..") ? 2 : 1);
      const auto end = std::min(rest.find_first_of(".["), rest.size());
      is_right = is_right && end > 0 && rest.substr(0, end).find_first_of(" \"'$@?()]") == rest.npos;
      rest.remove_prefix(end);
    }
  }
  if (is_right) return std::nullopt;
  return must_be(key, describe(key.type), value, "'imglint explain places' shows which paths there are");
}

Fault regex_fault(const ConfigKey& key, std::string_view value) {
  const auto fault = fault_of_expression(value);
  if (!fault) return std::nullopt;
  return ValueFault{quote(key.name) + " must be a regular expression, but in " + quote(value) + " there is " +
                    *fault};
}

/// `2` or `2-4`.
Fault count_fault(const ConfigKey& key, std::string_view value) {
  const std::size_t dash = value.find('-');
  const auto number_of = [](std::string_view text) {
    std::size_t number = 0;
    for (const char digit : text) number = number * 10 + static_cast<std::size_t>(digit - '0');
    return number;
  };
  const auto is_number = [](std::string_view text) {
    return !text.empty() && text.size() <= 3 && text.find_first_not_of("0123456789") == text.npos;
  };
  if (!is_number(value.substr(0, dash)) || (dash != value.npos && !is_number(value.substr(dash + 1))))
    return must_be(key, describe(key.type), value);
  const std::size_t most = number_of(value.substr(dash == value.npos ? 0 : dash + 1));
  if (most == 0) return must_be(key, describe(key.type), value, "a name has at least one");
  if (number_of(value.substr(0, dash)) > most)
    return must_be(key, describe(key.type), value, "the smaller number stands first");
  return std::nullopt;
}

Fault pair_fault(const ConfigKey& key, std::string_view value, std::string_view form) {
  const std::size_t equals = value.find('=');
  if (equals != value.npos && equals > 0) return std::nullopt;
  return must_be(key, form, value);
}

/// FROM and TO as 'imglint retarget' reads them.
Fault rename_fault(const ConfigKey& key, std::string_view value) {
  if (auto fault = pair_fault(key, value, "FROM=TO")) return fault;
  const std::size_t equals = value.find('=');
  const auto from = parse_name_pattern(value.substr(0, equals));
  if (!from) return ValueFault{from.error().message, from.error().hint};
  const auto to = parse_map_target(value.substr(equals + 1));
  return to ? Fault() : ValueFault{to.error().message, to.error().hint};
}

/// Of a name or of what names begin with.
Fault prefix_fault(const ConfigKey& key, std::string_view value) {
  const bool is_url = value.find("://") != value.npos;
  const bool is_name = !value.empty() && !is_url && value.find_first_of(" \t\r\n=") == value.npos;
  if (!is_name) return must_be(key, "a name as docker.io/acme", value, is_url ? "leave out the scheme" : "");
  const auto pattern = parse_name_pattern(value);
  return pattern ? Fault() : ValueFault{pattern.error().message, pattern.error().hint};
}

Fault rule_name_fault(std::string_view value, const std::vector<std::string>& rule_names) {
  if (std::find(rule_names.begin(), rule_names.end(), value) != rule_names.end()) return std::nullopt;
  return ValueFault{"unknown rule " + quote(value), rule_suggestion(value, rule_names, {})};
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& words, std::string otherwise) {
  std::optional<std::string> nearest = nearest_word(word, words);
  if (!nearest) nearest = nearest_word(lower_case(word), words);
  if (nearest) return "did you mean " + quote(*nearest) + "?";
  // `warn` for `warning`, `latest` for `latest-tag`.
  const auto begins = [&](const std::string& candidate) { return candidate.starts_with(word); };
  const auto longer = std::find_if(words.begin(), words.end(), begins);
  if (word.size() < 3 || longer == words.end() || std::count_if(words.begin(), words.end(), begins) > 1)
    return otherwise;
  return "did you mean " + quote(*longer) + "?";
}

std::string rule_suggestion(std::string_view word, const std::vector<std::string>& rule_names,
                            std::string otherwise) {
  std::string ours;
  for (const std::string_view rule : rules_for_foreign(word))
    ours += (ours.empty() ? "" : " and ") + quote(rule);
  if (!ours.empty()) return "here it is " + ours;
  return suggestion(word, rule_names,
                    otherwise.empty() ? "'imglint rules' lists them" : std::move(otherwise));
}

std::string one_of(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (index != 0) text += index + 1 == words.size() ? " or " : ", ";
    text += words[index];
  }
  return text;
}

std::optional<ValueFault> fault_of_value(const ConfigKey& key, std::string_view value,
                                         const std::vector<std::string>& rule_names) {
  switch (key.type) {
    case ConfigType::boolean:
      if (value == "true" || value == "false") return std::nullopt;
      return must_be(key, describe(key.type), value);
    case ConfigType::integer:
      return integer_fault(key, value);
    case ConfigType::date:
      if (is_date(value)) return std::nullopt;
      return must_be(key, describe(key.type), value);
    case ConfigType::choice:
      return choice_fault(key, value, key.choices);
    case ConfigType::rule:
      return choice_fault(key, value, {std::begin(severity_names), std::end(severity_names)});
    case ConfigType::patterns:
      return pattern_fault(value, true);
    case ConfigType::registry_patterns:
    case ConfigType::pattern:
      return pattern_fault(value, false);
    case ConfigType::location:
      return location_fault(key, value);
    case ConfigType::regex:
    case ConfigType::regexes:
      return regex_fault(key, value);
    case ConfigType::count:
      return count_fault(key, value);
    case ConfigType::tree_path:
      return tree_path_fault(key, value);
    case ConfigType::globs:
      return glob_fault(value);
    case ConfigType::rules:
      return rule_name_fault(value, rule_names);
    case ConfigType::assignments:
      return pair_fault(key, value, "NAME=VALUE");
    case ConfigType::renames:
      return rename_fault(key, value);
    case ConfigType::prefixes:
      return prefix_fault(key, value);
    case ConfigType::words:
      if (!key.choices.empty()) return choice_fault(key, value, key.choices);
      [[fallthrough]];
    case ConfigType::text:
    case ConfigType::file:
    case ConfigType::files:
    case ConfigType::names:
      if (value.empty()) return ValueFault{quote(key.name) + " holds an empty text"};
      if (const std::size_t equals = value.find('='); key.type == ConfigType::names && equals != value.npos)
        return ValueFault{quote(key.name) + " takes names alone, not " + quote(value),
                          "write " + std::string(value.substr(0, equals))};
      return std::nullopt;
    case ConfigType::group:
    case ConfigType::groups:
      return must_be(key, describe(key.type), value);
  }
  return std::nullopt;
}

}  // namespace imglint
