// Writing of a result file that the user names (a plan, a lock), new or over an old one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "source/file_system.hpp"

namespace imglint {

/// Writes all bytes and waits until they are on the disk. An old regular file is replaced in one step. A new
/// file that could not be written whole is removed again.
[[nodiscard]] std::optional<Error> write_file(FileSystem& files, const std::string& path,
                                              std::string_view bytes);

}  // namespace imglint
