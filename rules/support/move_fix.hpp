// Fixes that move an image to another registry: the same edits that `imglint retarget` makes
// (docs/spec/retarget.md 6.5).
#pragma once

#include <string_view>

#include "rules/rule.hpp"

namespace imglint {

/// Offers what `retarget --map from=to` would do to the use; nothing if it would refuse, or if the policy
/// would find the new name: then gives why.
[[nodiscard]] std::string offer_map(Finding& finding, const Subject& subject, const MirrorEntry& move,
                                    Safety safety, const Policy& policy);
/// The same of `retarget --to target`.
[[nodiscard]] std::string offer_target(Finding& finding, const Subject& subject, std::string_view target,
                                       Safety safety, const Policy& policy);

/// Says why a finding has no fix, if that is known.
void tell_refusal(Finding& finding, std::string_view why);

}  // namespace imglint
