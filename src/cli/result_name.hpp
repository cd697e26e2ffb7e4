// Names of files that a run writes beside what it reads.
#pragma once

#include <string>
#include <string_view>

#include "source/file_system.hpp"

namespace imglint {

/// An error if a result would take the place of a source: imglint reads files of the name that the user
/// gave, or of the one that a symbolic link leads to. No path at all is none.
[[nodiscard]] Result<void> check_result_name(FileSystem& files, const std::string& path);

/// How standard output is called where an option names a file.
inline constexpr std::string_view standard_output = "-";

/// An error if that is said of a result which has to be a file: it is read again by a later run.
[[nodiscard]] Result<void> check_is_kept(std::string_view option, const std::string& path);

/// Whether two results would go to one file.
[[nodiscard]] bool is_one_file(FileSystem& files, const std::string& one, const std::string& other);

}  // namespace imglint
