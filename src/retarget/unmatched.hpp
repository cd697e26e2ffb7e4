// What was given and does nothing: patterns of --map, --from and --except that matched nothing, --paths
// beside maps alone.
#pragma once

#include <vector>

#include "retarget/proposal.hpp"

namespace imglint {

/// What to say of those that ought to have matched. One that is about a reference which stays for another
/// reason is none of them.
[[nodiscard]] std::vector<RetargetNote> unmatched_patterns(const std::vector<Proposal>& proposals,
                                                           const Mapping& mapping);

/// Says so where --paths is given and nothing goes by it.
void note_idle_paths(const Mapping& mapping, std::vector<RetargetNote>& notes);

}  // namespace imglint
