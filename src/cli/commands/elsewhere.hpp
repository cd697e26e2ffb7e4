// The search for names that stay behind, on the disk.
#pragma once

#include <string>
#include <vector>

#include "cli/common_options.hpp"
#include "cli/session.hpp"
#include "retarget/elsewhere.hpp"

namespace imglint {

/// Looks for names in all files below the paths of the command line. References that were read are no finds,
/// nor is text that edits replace.
[[nodiscard]] Elsewhere search_elsewhere(std::vector<std::string> names, std::span<const std::string> targets,
                                         const CommonOptions& options,
                                         std::span<const Document* const> documents,
                                         std::span<const EditSet> edits, const Session& session);

}  // namespace imglint
