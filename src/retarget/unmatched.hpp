// Patterns of --map, --from and --except that matched nothing.
#pragma once

#include <vector>

#include "retarget/proposal.hpp"

namespace imglint {

/// What to say of those that ought to have matched. One that is about a reference which stays for another
/// reason is none of them.
[[nodiscard]] std::vector<RetargetNote> unmatched_patterns(const std::vector<Proposal>& proposals,
                                                           const Mapping& mapping);

}  // namespace imglint
