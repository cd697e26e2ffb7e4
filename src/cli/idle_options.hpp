// Options that are about nothing a run has read: a misspelt name is else taken in silence.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "cli/common_options.hpp"
#include "project/project.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Whether a run is about everything that lies in this folder.
[[nodiscard]] bool reads_all(const CommonOptions& options);

/// Remarks on build arguments that no Dockerfile declares, profiles that no service has and a project folder
/// that counts for nothing. Of runs over changed files alone nothing is said: what else there is they do not
/// see.
[[nodiscard]] std::vector<Error> idle_options(const CommonOptions& options, const Project& project,
                                              FileSystem& files);

}  // namespace imglint
