// Opening a file below a folder without following any symbolic link.
#pragma once

#include <string_view>

#include "source/descriptor.hpp"

namespace imglint {

/// Opens `path`, relative and without `..`, in an open folder (AT_FDCWD: the current one). If it or a folder
/// on its way is a symbolic link, or leads out, there is no descriptor and errno is ELOOP.
[[nodiscard]] Descriptor open_below(int folder, std::string_view path, int flags);

}  // namespace imglint
