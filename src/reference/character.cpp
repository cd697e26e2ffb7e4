#include "reference/character.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "base/ascii.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"

namespace imglint {

namespace {

struct Lookalike {
  char32_t code;
  char ascii;  ///< 0: cannot be seen
};

/// Sorted. Full-width forms are not listed: they lie in one block.
constexpr Lookalike lookalikes[] = {
    {0x00A0, 0},   {0x00AD, 0},   {0x0130, 'i'}, {0x0131, 'i'}, {0x0430, 'a'},  {0x0435, 'e'},
    {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0443, 'y'}, {0x0445, 'x'},  {0x0455, 's'},
    {0x0456, 'i'}, {0x0458, 'j'}, {0x200B, 0},   {0x200C, 0},   {0x200D, 0},    {0x2010, '-'},
    {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''},
    {0x201C, '"'}, {0x201D, '"'}, {0x2024, '.'}, {0x2044, '/'}, {0x2060, 0},    {0x212A, 'k'},
    {0x2212, '-'}, {0x2215, '/'}, {0x2236, ':'}, {0x3000, 0},   {0xA789, ':'},  {0xFEFF, 0},
};

std::string code_point(unsigned value) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "U+%04X", value);
  return buffer.data();
}

/// `; it looks like 'x'`, or that it cannot be seen; empty without such a character.
std::string resemblance(char32_t code) {
  if (code >= 0xFF01 && code <= 0xFF5E)
    return std::string("; it looks like '") + static_cast<char>(code - 0xFF01 + '!') + "'";
  const auto found = std::find_if(std::begin(lookalikes), std::end(lookalikes),
                                  [code](const Lookalike& entry) { return entry.code == code; });
  if (found == std::end(lookalikes)) return {};
  if (found->ascii == 0) return "; it cannot be seen";
  return std::string("; it looks like '") + found->ascii + "'";
}

ReferenceFault non_ascii(std::string_view text, std::uint32_t offset) {
  const CodePoint character = first_code_point(text.substr(offset));
  const TextRange place{offset, offset + character.size};
  const auto code = static_cast<unsigned>(character.value);
  if (!character.valid) return {place, "byte " + quote(place.of(text)) + " is no UTF-8"};
  return {place, "non-ASCII character " + code_point(code) + " " + quote(place.of(text)) +
                     resemblance(character.value)};
}

/// Where a placeholder that opens at an offset ends: after its closing character, or where no name goes on.
std::size_t placeholder_end(std::string_view text, std::size_t offset) {
  const auto after = [&](std::string_view close) {
    const auto end = text.find(close, offset + 1);
    return end == std::string_view::npos ? text.size() : end + close.size();
  };
  const std::string_view rest = text.substr(offset);
  if (rest.starts_with("${{") || rest.starts_with("{{")) return after("}}");
  if (rest.starts_with("${") || rest.starts_with("{")) return after("}");
  if (rest.starts_with("$(")) return after(")");
  if (rest.starts_with("<")) return after(">");
  if (rest.starts_with("%")) return after("%");
  std::size_t end = offset + 1;
  while (end < text.size() && is_word_character(text[end])) ++end;
  return end;
}

ReferenceFault placeholder(std::string_view text, std::uint32_t offset) {
  const TextRange place{offset, static_cast<std::uint32_t>(placeholder_end(text, offset))};
  return {place,
          (text[offset] == '$' ? "unexpanded variable " : "unfilled placeholder ") + quote(place.of(text))};
}

std::string blank_name(char c) {
  switch (c) {
    case ' ':
      return "a space";
    case '\t':
      return "a tab";
    case '\n':
      return "a line feed";
    case '\r':
      return "a carriage return";
    default:
      return "control character " + code_point(static_cast<unsigned char>(c));
  }
}

/// The run of white space, or the one control character.
ReferenceFault blank(std::string_view text, std::uint32_t offset) {
  constexpr std::string_view white = " \t\r\n";
  auto end = std::max<std::size_t>(std::min(text.find_first_not_of(white, offset), text.size()), offset + 1);
  const char* where = offset == 0 ? " before" : end == text.size() ? " after" : " inside";
  return {{offset, static_cast<std::uint32_t>(end)}, blank_name(text[offset]) + where + " the reference"};
}

}  // namespace

std::uint32_t character_size(std::string_view text, std::uint32_t offset) {
  return first_code_point(text.substr(offset)).size;
}

std::optional<ReferenceFault> unfit_character(std::string_view text, std::uint32_t offset) {
  if (offset >= text.size()) return std::nullopt;
  const char c = text[offset];
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return non_ascii(text, offset);
  if (byte <= 0x20 || byte == 0x7F) return blank(text, offset);
  if (c == '$' || c == '{' || c == '<' || c == '%') return placeholder(text, offset);
  return std::nullopt;
}

}  // namespace imglint
