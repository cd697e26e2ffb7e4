// The rules that a page's findings break, each with what it wants and why, so that nobody needs the program.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_info.hpp"

namespace imglint::html {

/// Those of `names` that are rules of the catalogue, as a section of a page.
void write_rules(const std::vector<std::string_view>& names, std::span<const RuleInfo* const> catalogue,
                 std::string& out);

/// The rule's name, leading to what the section says of it.
void write_rule_link(std::string_view rule, std::string& out);

}  // namespace imglint::html
