// Words that mean something to a shell.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace imglint::shell {

/// A command may follow it: `then`, `do`, `!`.
[[nodiscard]] bool is_keyword(std::string_view word);
/// A name that a variable can have.
[[nodiscard]] bool is_name(std::string_view word);

[[nodiscard]] inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace imglint::shell
