// What a move makes of the policy: names that the configuration does not allow.
#pragma once

#include <vector>

#include "cli/configured_contexts.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// A note for each reason why the configuration of a file would find what its references become, at the first
/// of them, unless it finds them as they are.
[[nodiscard]] std::vector<RetargetNote> notes_of_refused_targets(const RetargetPlan& plan,
                                                                 PolicyCache& policies);

}  // namespace imglint
