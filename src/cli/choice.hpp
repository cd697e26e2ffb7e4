// Options whose value is one of a few words.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/quote.hpp"
#include "cli/option_table.hpp"
#include "config/value.hpp"

namespace imglint {

/// A check that a value is one of the words; the message names them and the nearest.
inline CLI::Validator word_of(const std::vector<std::string_view>& words) {
  std::string shown;
  for (const std::string_view word : words) shown.append(shown.empty() ? "{" : ",").append(word);
  return CLI::Validator(
      [words](const std::string& word) {
        if (std::find(words.begin(), words.end(), word) != words.end()) return std::string();
        const std::string guess = suggestion(word, {words.begin(), words.end()}, {});
        return "must be " + one_of(words) + ", not " + quote(word) + (guess.empty() ? "" : "; " + guess);
      },
      shown + "}");
}

/// Adds an option that takes one of the words; any other is refused with the nearest.
template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& value,
                        std::vector<std::pair<std::string, Value>> choices, const std::string& doc) {
  std::vector<std::string> names;
  for (const auto& choice : choices) names.push_back(choice.first);
  const auto take = [&value, name, choices = std::move(choices)](const std::string& word) {
    std::vector<std::string> words;
    for (const auto& [known, meaning] : choices) {
      if (known == word) {
        value = meaning;
        return;
      }
      words.push_back(known);
    }
    const std::string guess = suggestion(word, words, {});
    throw CLI::ValidationError(name, "must be " + one_of({words.begin(), words.end()}) + ", not " +
                                         quote(word) + (guess.empty() ? "" : "; " + guess));
  };
  CLI::Option* option = command.add_option_function<std::string>(name, take, doc);
  offer(*option, std::vector<std::string_view>(names.begin(), names.end()));
  return option;
}

}  // namespace imglint
