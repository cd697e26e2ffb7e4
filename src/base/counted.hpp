// Numbers of things in sentences.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace imglint {

/// The word that stands beside a number: `file`, `files`. `many` for one that does not end in an s then.
[[nodiscard]] inline std::string word_for(std::uint64_t number, std::string_view one,
                                          std::string_view many = {}) {
  if (number == 1) return std::string(one);
  return many.empty() ? std::string(one) + 's' : std::string(many);
}

/// `1 file`, `2 files`.
[[nodiscard]] inline std::string counted(std::uint64_t number, std::string_view one,
                                         std::string_view many = {}) {
  return std::to_string(number) + ' ' + word_for(number, one, many);
}

}  // namespace imglint
