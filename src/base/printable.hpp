// Text from outside (file names, bytes of a file) made fit for a message: nothing in it can end the line or
// steer the terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace imglint {

/// One code point at the front of a text. `size` is the number of bytes it takes; `valid` is false, and the
/// size 1, where the bytes are no UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 1;
  bool valid = false;
};
/// The text must not be empty. Overlong forms, surrogates and values past U+10FFFF are not valid.
[[nodiscard]] CodePoint first_code_point(std::string_view text);

/// True for what may reach a terminal as it is: valid, no control character (C0, DEL, C1), no line or
/// paragraph separator, none of the characters that reorder text (U+202A to U+202E, U+2066 to U+2069, …).
[[nodiscard]] bool is_printable(CodePoint point);

/// Whether a text begins as a command to a service that runs builds and reads their logs: `##[`, `##vso[`.
[[nodiscard]] bool begins_log_command(std::string_view text);

/// The text with everything else escaped: `\n`, `\r`, `\t`, `\xHH` for single bytes, `\u{HEX}`, and the
/// second
/// `#` of what begins a command in a log. A backslash stays as it is: this is for reading, not for reading
/// back.
[[nodiscard]] std::string printable(std::string_view text);

/// The same for a path that begins a line, where `::` would begin a command: it stands behind `./` then.
[[nodiscard]] std::string printable_path(std::string_view path);

/// The same for text of several lines that goes to a terminal: line feeds and tabs stay.
[[nodiscard]] std::string printable_lines(std::string_view text);

}  // namespace imglint
