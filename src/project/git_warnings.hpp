// What git says beside its answer.
#pragma once

#include <string_view>

#include "project/git_files.hpp"

namespace imglint {

/// Folders that git could not open when it looked for files, relative to the top of the work tree. Names are
/// part of what git says, so that any text may stand among them.
[[nodiscard]] GitPaths unopened_folders(std::string_view errors);

}  // namespace imglint
