// What git's index holds of files, in place of what the work tree has by now: for judging what is about to be
// committed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "project/discover.hpp"
#include "source/overlay_file_system.hpp"

namespace imglint {

/// discover(), for which compose files count as changed together with these environment files, which the
/// options or the configuration name.
[[nodiscard]] Discovery discover(FileSystem& files, std::span<const std::string> paths,
                                 const DiscoverOptions& options, std::span<const std::string> env_files);

/// Puts the staged bytes of these files, of the environment files beside them or named by their `include`,
/// and of those that are named elsewhere, on top of the files as a StagedFileSystem has them, for the line
/// ends of the index. What is in no index, or the same in both, stays as it is there.
void put_staged(FileSystem& files, std::span<const FoundFile> found, OverlayFileSystem& on_top,
                const std::string& git = "git", std::span<const std::string> env_files = {});

/// The environment files that a compose file gives to what it includes, as paths; none where it cannot be
/// read.
[[nodiscard]] std::vector<std::string> included_env_files(FileSystem& files, const std::string& path);

}  // namespace imglint
