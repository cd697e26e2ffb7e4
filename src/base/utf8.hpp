// Reading UTF-8 one character at a time, without ever failing: bytes that are no UTF-8 are single characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace imglint {

/// One character of a text.
struct Utf8Character {
  char32_t code = 0;       ///< the code point; the byte itself where it is no UTF-8
  std::uint32_t size = 1;  ///< bytes
  bool valid = true;       ///< false: one byte that is no part of well-formed UTF-8
};

/// The character that starts at an offset inside the text. Over-long forms, surrogates and code points above
/// U+10FFFF are not valid.
[[nodiscard]] Utf8Character utf8_character(std::string_view text, std::size_t offset);

/// Whether all of the text is well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace imglint
