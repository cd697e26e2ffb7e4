// Single values of the configuration: what is wrong with one, if anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "config/keys.hpp"

namespace imglint {

/// What a message and its hint say of a value; no place.
struct ValueFault {
  std::string message;
  std::string hint = {};
};

/// Checks one word for a key: of its own type, or of the type of one item where it takes a list. `rule_names`
/// are for keys of type rules.
[[nodiscard]] std::optional<ValueFault> fault_of_value(const ConfigKey& key, std::string_view value,
                                                       const std::vector<std::string>& rule_names);

/// `did you mean 'x'?` for the nearest of the words or the only one that begins with it, or the alternative.
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& words,
                                     std::string otherwise);

/// The same for a word that is no rule: also our names for a rule of another linter.
[[nodiscard]] std::string rule_suggestion(std::string_view word, const std::vector<std::string>& rule_names,
                                          std::string otherwise);

/// `off, info, warning or error`.
[[nodiscard]] std::string one_of(const std::vector<std::string_view>& words);

}  // namespace imglint
