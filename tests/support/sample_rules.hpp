// A small catalogue for tests of the configuration, so that they do not change with the real one.
#pragma once

#include <span>

#include "policy/rule_info.hpp"

namespace imglint::test {

[[nodiscard]] std::span<const RuleInfo* const> sample_rules();

}  // namespace imglint::test
