// Silence: what comments and the exceptions of the configuration take out of the findings, and what is wrong
// with the comments themselves (docs/spec/rules.md 1, "Exceptions"; b6).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "check/check.hpp"

namespace imglint {

struct SilenceCounts {
  std::uint64_t suppressed = 0;  ///< by comments
  std::uint64_t excepted = 0;    ///< by exceptions
};

/// Removes silenced findings and adds those of the rules unused-suppression and unexplained-suppression. A
/// finding is silenced at its place, or at all of its related places. The result is sorted.
[[nodiscard]] SilenceCounts silence(std::span<const CheckTarget> targets, std::vector<Finding>& findings);

}  // namespace imglint
