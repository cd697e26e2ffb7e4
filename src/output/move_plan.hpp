// The plan of a move as `imglint retarget` prints it, read again: which images should be where.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace imglint {

/// One image and its place after the move, both as references.
struct MovedName {
  std::string source;
  std::string target;
  friend std::strong_ordering operator<=>(const MovedName&, const MovedName&) = default;
};

/// Of `retarget --format json` (edits[].source, .target, also[]) or of `--plan list` (`SOURCE -> TARGET`).
/// Distinct, sorted.
[[nodiscard]] Result<std::vector<MovedName>> read_move_plan(std::string_view text);

}  // namespace imglint
