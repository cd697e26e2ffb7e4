// Coupled files: what Kustomize builds together with the files of a run and lies around them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "project/project.hpp"

namespace imglint {

/// Whether other files may select what those of a run reference.
[[nodiscard]] bool has_coupled(const Project& run);

/// The git work trees around paths, as they are best shown, less those that a path is all of. Sorted.
[[nodiscard]] std::vector<std::string> trees_around(FileSystem& files, std::span<const std::string> paths);

/// Of files around a run, reads those that may be built together with its own, without these. What cannot be
/// read is left out, as it is by whoever builds.
void load_coupled(std::vector<FoundFile> around, const Project& run, LoadOptions options, FileSystem& files,
                  Project& into);

}  // namespace imglint
