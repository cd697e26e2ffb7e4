#include "kinds/shell/keywords.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace imglint::shell {

bool is_keyword(std::string_view word) {
  constexpr std::array<std::string_view, 16> keywords = {"if",   "then",  "else",  "elif", "fi", "do",
                                                         "done", "while", "until", "!",    "{",  "}",
                                                         "time", "case",  "esac",  "in"};
  return std::ranges::find(keywords, word) != keywords.end();
}

bool is_name(std::string_view word) {
  if (word.empty() || (word[0] >= '0' && word[0] <= '9')) return false;
  return std::ranges::all_of(word, is_word_character);
}

}  // namespace imglint::shell
