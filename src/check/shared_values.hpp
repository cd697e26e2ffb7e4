// A text that several uses share (an ARG default, a .env line) may be changed only if every use asks for the
// same change.
#pragma once

#include <span>
#include <vector>

#include "model/finding.hpp"
#include "rules/rule.hpp"

namespace imglint {

/// Takes away the fixes that would change bytes which another use also reads, unless the same finding stands
/// for that use too. Expects merged findings.
void withhold_unshared_fixes(std::vector<Finding>& findings, std::span<const CheckedDocument> files);

}  // namespace imglint
