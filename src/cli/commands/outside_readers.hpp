// Who else reads the environment files that a move edits, outside of the paths of the run.
#pragma once

#include <vector>

#include "cli/commands/surroundings.hpp"
#include "cli/common_options.hpp"
#include "cli/session.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// A warning for each place outside of the run that gets a new value by an edit of an environment file. Looks
/// for them in the surroundings if there is such an edit.
[[nodiscard]] std::vector<RetargetNote> readers_outside(const RetargetPlan& plan, const Project& run,
                                                        const CommonOptions& options, Surroundings& around,
                                                        const Session& session);

}  // namespace imglint
