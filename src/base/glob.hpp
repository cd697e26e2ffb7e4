// Glob: the two stars of image and host patterns.
#pragma once

#include <string_view>

namespace imglint {

/// Matches `*` (any text without a separator) and `**` (any text). For texts as short as names: hostile ones
/// cost the square of their length.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text, std::string_view separators);

}  // namespace imglint
