// Looking at ignore files before git reads them: git waits for ever for a pipe, and some patterns take it
// ages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "source/file_system.hpp"

namespace imglint {

inline constexpr std::string_view imglintignore_name = ".imglintignore";
inline constexpr std::string_view gitignore_name = ".gitignore";

/// Whether files of this name say what a walk leaves out.
[[nodiscard]] bool is_ignore_file(std::string_view name);

/// Whether git had better not be asked about a folder: an ignore file in it or in one of those up to the top
/// is a pipe or a device. A symbolic link is none: git does not follow it.
[[nodiscard]] std::optional<Error> unfit_ignore_file_above(FileSystem& files, const std::string& folder,
                                                           const std::string& top);

/// The same of all folders below, and of patterns with so many stars that git tries them for minutes. Takes
/// as long as a walk: for when git is slow.
[[nodiscard]] std::optional<Error> unfit_ignore_file_below(FileSystem& files, const std::string& folder);

}  // namespace imglint
