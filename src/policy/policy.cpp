#include "policy/policy.hpp"

namespace imglint {

Policy default_policy(std::span<const RuleInfo* const> rules, bool strict, std::string_view as_of) {
  Policy policy;
  policy.as_of = as_of;
  for (const RuleInfo* rule : rules) {
    RuleSettings settings;
    settings.severity = strict ? rule->strict_severity : rule->severity;
    policy.rules.emplace(rule->name, settings);
  }
  return policy;
}

}  // namespace imglint
