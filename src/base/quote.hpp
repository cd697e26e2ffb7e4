// Quoting for messages: what the user wrote, between quotes and safe to print on one line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace imglint {

/// The text between single quotes, printable(), and cut to some `limit` bytes with `…` in the middle.
[[nodiscard]] std::string quote(std::string_view text, std::size_t limit = 80);

/// The same as it is, for messages that are made safe where they are printed.
[[nodiscard]] inline std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace imglint
