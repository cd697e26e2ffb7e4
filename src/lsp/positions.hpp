// Positions as the protocol counts them: lines from 0, and characters in UTF-16, UTF-8 or UTF-32 units.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace imglint::lsp {

/// What a character of a position is. UTF-16 is what every client knows; the others are negotiated.
enum class Encoding : std::uint8_t { utf16, utf8, utf32 };
[[nodiscard]] std::string_view to_string(Encoding encoding);

/// Of the protocol; not imglint::Position, which counts from 1 and in bytes.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  friend constexpr auto operator<=>(const Position&, const Position&) = default;
};
struct Range {
  Position start;
  Position end;
  friend constexpr auto operator<=>(const Range&, const Range&) = default;
};

/// Both directions for one text, which is borrowed. Lines end at LF, CR LF, or CR. One pass over the text,
/// then each question reads at most a kilobyte, however long the line.
class PositionMap {
 public:
  PositionMap(std::string_view text, Encoding encoding);

  /// The end of the text is a valid offset. Inside a character: its beginning.
  [[nodiscard]] Position position(std::uint32_t offset) const;
  [[nodiscard]] Range range(Span span) const { return {position(span.begin), position(span.end)}; }
  /// Behind the end of a line: the end of the line. Behind the last line: the end of the text. Inside a
  /// character: its beginning.
  [[nodiscard]] std::uint32_t offset(Position position) const;
  [[nodiscard]] Span span(Range range) const;
  /// Bytes of a line without what ends it. A line that is not there: empty, at the end of the text.
  [[nodiscard]] Span line(std::uint32_t number) const;
  [[nodiscard]] std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_begins_.size()); }

 private:
  [[nodiscard]] std::uint64_t units_before(std::uint32_t offset) const;
  void count_blocks();

  std::string_view text_;
  Encoding encoding_;
  bool bytes_are_units_ = true;
  std::vector<std::uint32_t> line_begins_;
  struct Block {
    std::uint32_t begin = 0;  ///< of the first character that starts in it
    std::uint32_t units = 0;  ///< before it
  };
  std::vector<Block> blocks_;
};

}  // namespace imglint::lsp
