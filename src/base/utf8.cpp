#include "base/utf8.hpp"

namespace imglint {

namespace {

std::uint8_t byte_at(std::string_view text, std::size_t offset) {
  return offset < text.size() ? static_cast<std::uint8_t>(text[offset]) : std::uint8_t{0};
}

/// Bytes of a character by its first byte; 0 for a byte that starts none.
std::uint32_t size_by_first(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

}  // namespace

Utf8Character utf8_character(std::string_view text, std::size_t offset) {
  const std::uint8_t first = byte_at(text, offset);
  const std::uint32_t size = size_by_first(first);
  const Utf8Character invalid{first, 1, false};
  if (size == 0) return invalid;
  if (size == 1) return {first, 1, true};
  char32_t code = first & (0x7Fu >> size);
  for (std::uint32_t i = 1; i < size; ++i) {
    const std::uint8_t next = byte_at(text, offset + i);
    if ((next & 0xC0) != 0x80) return invalid;
    code = code << 6 | (next & 0x3Fu);
  }
  const bool too_small = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (too_small || surrogate || code > 0x10FFFF) return invalid;
  return {code, size, true};
}

bool is_utf8(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const Utf8Character character = utf8_character(text, offset);
    if (!character.valid) return false;
    offset += character.size;
  }
  return true;
}

}  // namespace imglint
