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

const PatternList& RuleSettings::patterns(std::string_view option) const {
  static const PatternList none;
  const auto found = pattern_lists.find(option);
  return found == pattern_lists.end() ? none : found->second;
}

std::vector<const OptionTable*> RuleSettings::tables_for(std::string_view option, std::string_view column,
                                                         const ImageName& name) const {
  std::vector<const OptionTable*> matching;
  const std::vector<OptionTable>& all = tables(option);
  if (all.empty()) return matching;
  for (const std::uint32_t number :
       patterns(std::string(option) + "." + std::string(column)).owners_of_matches(name))
    matching.push_back(&all[number]);
  return matching;
}

const std::vector<std::string>& items(const OptionTable& table, std::string_view key) {
  static const std::vector<std::string> none;
  const auto found = table.find(key);
  return found == table.end() ? none : found->second;
}

namespace {

void add_expressions(OptionType type, const std::vector<std::string>& texts, RegularExpressions& into) {
  if (type != OptionType::regex && type != OptionType::regex_list) return;
  for (const std::string& text : texts) into.add(text);
}

void finish_tables(const OptionInfo& info, RuleSettings& settings, RegularExpressions& expressions) {
  for (const ColumnInfo& column : info.columns) {
    const bool is_location = column.type == OptionType::location;  // that of all that lies below it
    std::uint32_t owner = 0;
    PatternList list;
    for (const OptionTable& table : settings.tables(info.name)) {
      const std::vector<std::string>& texts = items(table, column.name);
      add_expressions(column.type, texts, expressions);
      for (const std::string& text : texts) {
        if (is_location || column.type == OptionType::pattern_list) list.add(text, owner);
        if (is_location) list.add(text + "/**", owner);
      }
      ++owner;
    }
    list.finish();
    if (!list.empty())
      settings.pattern_lists[std::string(info.name) + "." + std::string(column.name)] = std::move(list);
  }
}

void finish_option(const OptionInfo& info, RuleSettings& settings, RegularExpressions& expressions) {
  if (!settings.options.contains(info.name)) return;
  if (info.type == OptionType::table_list) return finish_tables(info, settings, expressions);
  if (info.type == OptionType::pattern_list)
    settings.pattern_lists[std::string(info.name)] = PatternList(settings.list(info.name));
  add_expressions(info.type, settings.list(info.name), expressions);
  if (const std::string_view text = settings.text(info.name, {}); !text.empty())
    add_expressions(info.type, {std::string(text)}, expressions);
}

}  // namespace

void Policy::finish(std::span<const RuleInfo* const> infos) {
  for (const RuleInfo* info : infos) {
    RuleSettings& own = rules.find(info->name)->second;
    if (own.options.empty()) continue;
    for (const OptionInfo& option : info->options) finish_option(option, own, expressions);
  }
  allowed = PatternList(allow);
  for (std::uint32_t i = 0; i < deny.size(); ++i) denied.add(deny[i].pattern, i);
  denied.finish();
  for (std::uint32_t i = 0; i < mirrors.size(); ++i)
    for (const char* below : {"", "/**"}) mirrored.add(mirrors[i].from + below, i);
  mirrored.finish();
  for (std::uint32_t i = 0; i < exceptions.size(); ++i) {
    if (exceptions[i].images.empty()) excepting_all.push_back(i);
    for (const std::string& image : exceptions[i].images) excepted.add(image, i);
  }
  excepted.finish();
  for (const PatternList::Entry& entry : allowed.entries())
    if (entry.pattern.host().find('*') == std::string::npos) hosts.add(entry.pattern.host());
  if (const auto typo = rules.find("registry-typo"); typo != rules.end())
    for (const std::string& known : typo->second.list("known")) hosts.add(known);
  hosts.finish();
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
