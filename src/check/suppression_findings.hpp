// What is wrong with comments that silence rules: findings of unused-suppression and unexplained-suppression.
#pragma once

#include <vector>

#include "check/suppression_index.hpp"
#include "model/finding.hpp"

namespace imglint {

/// For a file whose other findings have all been asked about. Comments about the two rules themselves are
/// left for add_idle_own_suppressions().
void add_suppression_findings(const SuppressionIndex& index, std::vector<Finding>& findings);

/// Unused comments about the two rules themselves, once their findings have been asked about as well.
void add_idle_own_suppressions(const SuppressionIndex& index, std::vector<Finding>& findings);

}  // namespace imglint
