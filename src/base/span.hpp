// Positions in bytes: Span in a file, TextRange in decoded text. Two types on purpose, so that the compiler
// refuses an edit of decoded text.
#pragma once

#include <cstdint>
#include <string_view>

namespace imglint {

/// Half-open range of bytes in one Source. The only position used inside; lines and columns are made at the
/// edge.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  [[nodiscard]] constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  /// Whether it is in the range or at one of its ends, as a cursor is.
  [[nodiscard]] constexpr bool touches(std::uint32_t offset) const {
    return begin <= offset && offset <= end;
  }
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

/// Half-open range of bytes in a decoded text. Becomes a Span only through MappedText.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  [[nodiscard]] constexpr std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
  friend constexpr auto operator<=>(const TextRange&, const TextRange&) = default;
};

}  // namespace imglint
