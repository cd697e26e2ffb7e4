#include "policy/policy.hpp"

namespace imglint {
namespace {

template <class T>
const T* value_of(const RuleSettings& settings, std::string_view option) {
  const auto found = settings.options.find(option);
  return found == settings.options.end() ? nullptr : std::get_if<T>(&found->second);
}

}  // namespace

bool RuleSettings::flag(std::string_view option, bool otherwise) const {
  const bool* value = value_of<bool>(*this, option);
  return value ? *value : otherwise;
}

std::int64_t RuleSettings::number(std::string_view option, std::int64_t otherwise) const {
  const std::int64_t* value = value_of<std::int64_t>(*this, option);
  return value ? *value : otherwise;
}

std::string_view RuleSettings::text(std::string_view option, std::string_view otherwise) const {
  const std::string* value = value_of<std::string>(*this, option);
  return value ? std::string_view(*value) : otherwise;
}

const std::vector<std::string>& RuleSettings::list(std::string_view option) const {
  static const std::vector<std::string> none;
  const auto* value = value_of<std::vector<std::string>>(*this, option);
  return value ? *value : none;
}

const std::vector<OptionTable>& RuleSettings::tables(std::string_view option) const {
  static const std::vector<OptionTable> none;
  const auto* value = value_of<std::vector<OptionTable>>(*this, option);
  return value ? *value : none;
}

const std::vector<std::string>& items(const OptionTable& table, std::string_view key) {
  static const std::vector<std::string> none;
  const auto found = table.find(key);
  return found == table.end() ? none : found->second;
}

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
