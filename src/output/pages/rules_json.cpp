#include <nlohmann/json.hpp>

#include "output/pages/marked_text.hpp"
#include "output/pages/rules.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(OptionType type) {
  switch (type) {
    case OptionType::boolean:
      return "boolean";
    case OptionType::integer:
      return "integer";
    case OptionType::text:
      return "text";
    case OptionType::date:
      return "date";
    case OptionType::choice:
      return "choice";
    case OptionType::regex:
      return "regex";
    case OptionType::location:
      return "location";
    case OptionType::count:
      return "count";
    case OptionType::text_list:
      return "text-list";
    case OptionType::word_list:
      return "word-list";
    case OptionType::regex_list:
      return "regex-list";
    case OptionType::pattern_list:
      return "pattern-list";
    case OptionType::table_list:
      return "table-list";
  }
  return {};
}

std::string_view name_of(Fixability fixability) {
  switch (fixability) {
    case Fixability::none:
      return "none";
    case Fixability::suggestion:
      return "suggestion";
    case Fixability::unsafe:
      return "unsafe";
    case Fixability::safe:
      return "safe";
  }
  return {};
}

Json strings(std::span<const std::string_view> words) {
  Json array = Json::array();
  for (const std::string_view word : words) array.push_back(word);
  return array;
}

Json columns_json(const OptionInfo& option) {
  Json array = Json::array();
  for (const ColumnInfo& column : option.columns)
    array.push_back({{"name", column.name},
                     {"type", name_of(column.type)},
                     {"doc", column.doc},
                     {"required", column.required}});
  return array;
}

Json option_json(const OptionInfo& option) {
  return {{"name", option.name},
          {"type", name_of(option.type)},
          {"doc", option.doc},
          {"default", option.default_value.empty() ? Json(nullptr) : Json(option.default_value)},
          {"choices", strings(option.choices)},
          {"keys", columns_json(option)}};
}

Json example_json(const Example& example) {
  const MarkedText marked = without_marks(example.text);
  Json flagged = Json::array();
  for (const MarkedText::Mark& mark : marked.marks)
    flagged.push_back({{"start", mark.begin}, {"end", mark.end}});
  return {{"file", example.file},
          {"text", marked.text},
          {"flagged", std::move(flagged)},
          {"config", example.config.empty() ? Json(nullptr) : Json(example.config)},
          {"note", example.note.empty() ? Json(nullptr) : Json(example.note)}};
}

Json rule_json(const RuleInfo& rule) {
  Json options = Json::array();
  for (const OptionInfo& option : rule.options) options.push_back(option_json(option));
  Json examples = Json::array();
  for (const Example& example : rule.examples) examples.push_back(example_json(example));
  return {{"name", rule.name},
          {"summary", rule.summary},
          {"why", rule.why},
          {"severity", to_string(rule.severity)},
          {"strict_severity", to_string(rule.strict_severity)},
          {"needs_configuration", rule.needs_configuration},
          {"judges_parts", rule.judges_parts},
          {"fix", name_of(rule.fixability)},
          {"options", std::move(options)},
          {"examples", std::move(examples)}};
}

}  // namespace

void write_rules_json(std::span<const RuleInfo* const> rules, std::string& out) {
  Json array = Json::array();
  for (const RuleInfo* rule : rules) array.push_back(rule_json(*rule));
  out.append(array.dump(2)).push_back('\n');
}

}  // namespace imglint
