// The catalogue: every rule of this folder, by name. CMake makes the list from the folder.
#pragma once

#include <span>
#include <string_view>

#include "rules/rule.hpp"

namespace imglint {

/// All rules, sorted by name.
[[nodiscard]] std::span<const Rule* const> all_rules();
/// The same as metadata.
[[nodiscard]] std::span<const RuleInfo* const> all_rule_infos();
/// Null if there is none of that name.
[[nodiscard]] const Rule* find_rule(std::string_view name);

}  // namespace imglint
