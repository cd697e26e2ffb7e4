// Quoting for messages: what the user wrote, safe to print on one line of any terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace imglint {

/// The text with control characters, invisible characters and bytes that are no UTF-8 written as escapes
/// (`\n`, `\x1b`, `\u200b`). UTF-8 otherwise stays.
[[nodiscard]] std::string printable(std::string_view text);

/// The text between single quotes, printable, and cut to some `limit` bytes with `…` in the middle.
[[nodiscard]] std::string quote(std::string_view text, std::size_t limit = 80);

}  // namespace imglint
