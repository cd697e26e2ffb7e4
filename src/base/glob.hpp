// Glob: the two stars of image and host patterns, and the wildcards within one name of a path.
#pragma once

#include <string_view>

namespace imglint {

/// Matches `*` (any text without a separator) and `**` (any text). For texts as short as names: hostile ones
/// cost the square of their length.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text, std::string_view separators);

/// Matches `*` (any text), `?` (a byte) and `[a-z]`, `[!a]`, `[[:alpha:]]` (one of some bytes), as POSIX
/// fnmatch without escapes does in the C locale; but hostile ones cost no more than the product of the
/// lengths.
[[nodiscard]] bool name_glob_matches(std::string_view pattern, std::string_view name);

}  // namespace imglint
