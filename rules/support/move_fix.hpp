// Fixes that move an image to another registry: the same edits that `imglint retarget` makes
// (docs/spec/retarget.md 6.5).
#pragma once

#include <string_view>

#include "rules/rule.hpp"

namespace imglint {

/// Offers what `retarget --map from=to` would do to the use; nothing if it would refuse.
void offer_map(Finding& finding, const Subject& subject, std::string_view from, std::string_view to,
               Safety safety);
/// Offers what `retarget --to target` would do to the use; nothing if it would refuse.
void offer_target(Finding& finding, const Subject& subject, std::string_view target, Safety safety);

}  // namespace imglint
