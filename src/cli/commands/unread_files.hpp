// What a file that cannot be read means for a move of all files.
#pragma once

#include "cli/common_options.hpp"
#include "cli/session.hpp"
#include "config/policy_cache.hpp"

namespace imglint {

/// Prints that nothing is changed, and how to go on without the files of which the errors tell. They have
/// been printed. Nothing if the errors are about no files.
void tell_that_nothing_changes(const LoadSummary& summary, const Project& project,
                               const CommonOptions& options, PolicyCache& policies, const Session& session);

}  // namespace imglint
