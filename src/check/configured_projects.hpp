// The compose projects that a configuration names, as they are asked for.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/run_config.hpp"
#include "project/compose/request.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// A repository's own configuration must not have files read or written that lie elsewhere. A file that is
/// not there yet is judged by its folder.
[[nodiscard]] Result<void> check_inside(const Placed<std::string>& file, FileSystem& files);

/// Files of a project lie where the configuration's own may lie.
[[nodiscard]] Result<std::vector<assembly::ProjectRequest>> configured_projects(const RunConfig& run,
                                                                                FileSystem& files);

/// A file that a configuration names and that is not there.
struct MissingFile {
  std::string path;  ///< as it can be opened from the current folder
  Error error;       ///< at the name
};

/// Of env-files and projects.
[[nodiscard]] std::vector<MissingFile> missing_files(const RunConfig& run, FileSystem& files);

[[nodiscard]] std::vector<std::string> values_of(const std::vector<Placed<std::string>>& words);

}  // namespace imglint
