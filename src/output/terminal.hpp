// What a terminal shows: the width of characters, colours, and lines of a file with a range underlined.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/printable.hpp"
#include "source/source.hpp"

namespace imglint {

enum class Color : std::uint8_t { none, bold, red, yellow, blue, cyan, green };

/// Appends text, between the codes of a colour if `enabled`.
void append_colored(std::string& out, bool enabled, Color color, std::string_view text);

/// Columns a code point takes in a terminal: 0 for a combining mark, 2 for wide East Asian characters and
/// emoji. Only for what is_printable().
[[nodiscard]] std::size_t display_width(CodePoint point);
/// Columns of a text without control characters, as printable() gives it.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// How a snippet is drawn.
struct SnippetStyle {
  bool color = false;
  Color mark_color = Color::yellow;
  char mark = '^';
  bool numbers = true;  ///< show the numbers of the lines
};

/// Appends the lines a place covers, numbered, with exactly its bytes underlined. Tabs are shown as four
/// spaces, control characters and invalid bytes as escapes; long lines and long places are shortened.
void append_snippet(std::string& out, const Location& place, const SnippetStyle& style);

}  // namespace imglint
