// Quoting for messages: what the user wrote, between quotes and safe to print on one line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace imglint {

/// The text between single quotes, printable(), and cut to some `limit` bytes with `…` in the middle.
[[nodiscard]] std::string quote(std::string_view text, std::size_t limit = 80);

}  // namespace imglint
