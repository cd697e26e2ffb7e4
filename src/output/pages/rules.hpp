// What `imglint explain` and `imglint rules` print: the rules from their own constants, for terminals, for
// docs/rules.md and for programs.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_info.hpp"

namespace imglint {

/// How sure fixes of a rule are, for people: `safe (--fix)`.
[[nodiscard]] std::string_view fix_text(Fixability fixability);

/// One rule for a terminal.
void write_rule_text(const RuleInfo& rule, std::string& out);

/// The comments and settings that silence a rule, one a line.
[[nodiscard]] std::string how_to_silence(std::string_view rule, std::string_view indent);
/// One rule as a section of docs/rules.md.
void write_rule_markdown(const RuleInfo& rule, std::string& out);
/// All of docs/rules.md.
void write_rules_markdown(std::span<const RuleInfo* const> rules, std::string& out);
/// A line for each rule.
void write_rules_table(std::span<const RuleInfo* const> rules, std::string& out);
/// An array of objects.
void write_rules_json(std::span<const RuleInfo* const> rules, std::string& out);

}  // namespace imglint
