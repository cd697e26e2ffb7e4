// Numbers of things in sentences.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace imglint {

/// `1 file`, `2 files`. `many` for a word that does not end in an s then.
[[nodiscard]] inline std::string counted(std::uint64_t number, std::string_view one,
                                         std::string_view many = {}) {
  std::string text = std::to_string(number) + ' ';
  if (number == 1 || many.empty())
    text.append(one).append(number == 1 ? "" : "s");
  else
    text += many;
  return text;
}

}  // namespace imglint
