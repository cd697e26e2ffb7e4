// Small questions about the text of a Dockerfile: what is blank, where does it begin and end without blanks,
// is it this word in any case.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/ascii.hpp"
#include "base/span.hpp"

namespace imglint::dockerfile {

constexpr std::uint32_t size_of(std::string_view text) { return static_cast<std::uint32_t>(text.size()); }

/// Bytes of the blank that stands at an offset, 0 if there is none. Unicode's notion of white space, which
/// decides what is trimmed and what is a comment (docs/spec/dockerfile.md 2.3, 2.5).
constexpr std::uint32_t blank_at(std::string_view text, std::uint32_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.empty()) return 0;
  const auto first = static_cast<unsigned char>(rest[0]);
  if (first < 0x80) return first == ' ' || (first >= '\t' && first <= '\r') ? 1 : 0;
  if (rest.starts_with("\xC2\x85") || rest.starts_with("\xC2\xA0")) return 2;
  if (rest.starts_with("\xE1\x9A\x80") || rest.starts_with("\xE3\x80\x80") ||
      rest.starts_with("\xE2\x81\x9F"))
    return 3;
  if (!rest.starts_with("\xE2\x80") || rest.size() < 3) return 0;
  const auto last = static_cast<unsigned char>(rest[2]);
  return (last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0;
}

/// The range without the blanks at its front.
constexpr TextRange trim_front(std::string_view text, TextRange range) {
  while (range.begin < range.end) {
    const std::uint32_t size = blank_at(text.substr(0, range.end), range.begin);
    if (size == 0) break;
    range.begin += size;
  }
  return range;
}

/// The range without the blanks at its front and back.
constexpr TextRange trim(std::string_view text, TextRange range) {
  range = trim_front(text, range);
  const auto ends_in_blank_of = [&](std::uint32_t size) {
    return range.size() >= size && blank_at(text.substr(0, range.end), range.end - size) == size;
  };
  for (std::uint32_t size = 1; size <= 3;) {
    if (!ends_in_blank_of(size)) {
      ++size;
    } else {
      range.end -= size;
      size = 1;
    }
  }
  return range;
}

/// Whether a text is this word, given in lower case.
constexpr bool is_word(std::string_view text, std::string_view lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (lower(text[i]) != lower_case[i]) return false;
  return true;
}

}  // namespace imglint::dockerfile
