// What programs that count in UTF-16 and formats that must be UTF-8 need of a text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/printable.hpp"

namespace imglint {

/// UTF-16 units of a code point; a byte that is no UTF-8 counts as one, as it becomes U+FFFD.
[[nodiscard]] constexpr std::uint32_t utf16_size(CodePoint point) { return point.value > 0xFFFF ? 2 : 1; }

/// The text with invalid bytes as `\xFF`, everything else unchanged. For formats that escape control
/// characters by themselves.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace imglint
