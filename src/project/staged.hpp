// What git's index holds of files, in place of what the work tree has by now: for judging what is about to be
// committed.
#pragma once

#include <span>

#include "project/discover.hpp"
#include "source/overlay_file_system.hpp"

namespace imglint {

/// Puts the staged bytes of these files, and of the environment files beside them, on top of the disk. What
/// is in no index, or the same in both, stays as it is there.
void put_staged(FileSystem& files, std::span<const FoundFile> found, OverlayFileSystem& on_top,
                const std::string& git = "git");

}  // namespace imglint
