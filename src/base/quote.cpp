#include "base/quote.hpp"

#include <array>
#include <cstdio>

#include "base/utf8.hpp"

namespace imglint {

namespace {

/// Blank or without width in a terminal, or able to reorder what stands beside it.
bool is_invisible(char32_t code) {
  const bool control = code < 0x20 || (code >= 0x7F && code <= 0xA0) || code == 0xAD;
  const bool blank =
      (code >= 0x2000 && code <= 0x200F) || (code >= 0x2028 && code <= 0x202F) || code == 0x3000;
  const bool format = (code >= 0x205F && code <= 0x206F) || code == 0xFEFF || code >= 0xE0000;
  return control || blank || format;
}

std::string escape(const Utf8Character& character) {
  const auto code = static_cast<unsigned>(character.code);
  if (character.valid && code == '\n') return "\\n";
  if (character.valid && code == '\r') return "\\r";
  if (character.valid && code == '\t') return "\\t";
  std::array<char, 16> buffer{};
  if (!character.valid || code < 0x80)
    std::snprintf(buffer.data(), buffer.size(), "\\x%02x", code);
  else if (code <= 0xFFFF)
    std::snprintf(buffer.data(), buffer.size(), "\\u%04x", code);
  else
    std::snprintf(buffer.data(), buffer.size(), "\\U%08x", code);
  return buffer.data();
}

/// An offset at or before the one given where no character is cut.
std::size_t boundary_before(std::string_view text, std::size_t offset) {
  std::size_t begin = offset;
  while (begin > 0 && offset - begin < 3 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return begin + utf8_character(text, begin).size > offset ? begin : offset;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t offset = 0; offset < text.size();) {
    const Utf8Character character = utf8_character(text, offset);
    if (!character.valid || is_invisible(character.code))
      result += escape(character);
    else
      result += text.substr(offset, character.size);
    offset += character.size;
  }
  return result;
}

std::string quote(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return '\'' + printable(text) + '\'';
  const std::size_t head = boundary_before(text, limit / 2);
  const std::size_t tail = boundary_before(text, text.size() - limit / 4);
  return '\'' + printable(text.substr(0, head)) + "…" + printable(text.substr(tail)) + '\'';
}

}  // namespace imglint
