// Lists of words, as options and configurations have them: short, in the order in which they were given.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace imglint {

[[nodiscard]] inline bool has_word(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace imglint
