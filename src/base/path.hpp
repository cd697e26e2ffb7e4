// Paths as text; the disk is not asked.
#pragma once

#include <string>
#include <string_view>

namespace imglint {

/// A path without `.` and `..` components and double slashes, so that two spellings of one file compare
/// equal. Purely lexical; a leading `..` stays.
[[nodiscard]] std::string normal_path(std::string_view path);

}  // namespace imglint
