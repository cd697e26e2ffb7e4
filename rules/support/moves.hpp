// What deprecated-registry and deprecated-image share: reporting a fact of the tables of moves.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "policy/facts/moves.hpp"
#include "rules/rule.hpp"

namespace imglint {

/// The first fact that concerns the subject by the date the policy judges by, with `ignore` of the rule's
/// options left out; null if there is none. The registry and what the pattern says of the rest must be known.
[[nodiscard]] const MoveFact* move_of(const Subject& subject, std::span<const MoveFact> facts,
                                      const Report& report);

/// Reports the fact on a range of the use's value, with the fix it allows.
void report_move(const Subject& subject, TextRange range, const MoveFact& fact, std::string_view what,
                 Report& report);

}  // namespace imglint
