#include <nlohmann/json.hpp>

#include "output/pages/config.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

/// Texts may look like numbers: the reader takes every scalar by its letters.
Json text_schema() { return {{"type", {"string", "number", "boolean"}}, {"minLength", 1}}; }

Json strings(const std::vector<std::string_view>& words) {
  Json array = Json::array();
  for (const std::string_view word : words) array.push_back(word);
  return array;
}

Json severity_schema() { return {{"enum", strings({std::begin(severity_names), std::end(severity_names)})}}; }

/// Of one word of this type.
Json word_schema(const ConfigKey& key) {
  switch (key.type) {
    case ConfigType::boolean:
      return {{"type", "boolean"}};
    case ConfigType::integer:
      return {{"type", "integer"}, {"minimum", 0}, {"maximum", 999999999}};
    case ConfigType::date:
      return {{"type", "string"}, {"pattern", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}};
    case ConfigType::choice:
      return {{"enum", strings(key.choices)}};
    case ConfigType::regex:
    case ConfigType::regexes:
      return {{"type", {"string", "number"}}, {"minLength", 1}, {"maxLength", 500}};
    case ConfigType::count:
      return {{"type", {"integer", "string"}},
              {"minimum", 0},
              {"maximum", 999},
              {"pattern", "^[0-9]{1,3}(-[0-9]{1,3})?$"}};
    case ConfigType::location:
      return {{"type", "string"}, {"pattern", "^(localhost|[^/]*[.:A-Z][^/]*)(/[^/]+)*$"}};
    case ConfigType::patterns:
    case ConfigType::registry_patterns:
    case ConfigType::pattern:
      return {{"type", {"string", "number"}}, {"pattern", "^(?!.*://)[^\\s]+$"}};
    case ConfigType::globs:
      return {{"type", {"string", "number"}}, {"pattern", "^(?!!)[^\\\\{]+$"}};
    case ConfigType::rules:
      return {{"$ref", "#/definitions/rule-name"}};
    case ConfigType::assignments:
    case ConfigType::renames:
      return {{"type", "string"}, {"pattern", "^[^=]+="}};
    case ConfigType::prefixes:
      return {{"type", "string"}, {"pattern", "^(?!.*://)[^\\s=]+$"}};
    case ConfigType::words:
      return key.choices.empty() ? text_schema() : Json{{"enum", strings(key.choices)}};
    default:
      return text_schema();
  }
}

Json value_schema(const ConfigKey& key);

Json group_schema(const ConfigKey& group) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const ConfigKey& key : group.keys) {
    properties[std::string(key.name)] = value_schema(key);
    if (key.required) required.push_back(key.name);
  }
  Json schema = {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  Json any_of = Json::array();
  for (const std::string_view name : group.any_of) any_of.push_back({{"required", Json::array({name})}});
  if (!any_of.empty()) schema["anyOf"] = std::move(any_of);
  return schema;
}

/// Of one entry of a list of mappings.
Json entry_schema(const ConfigKey& list) {
  Json schema = group_schema(list);
  schema["minProperties"] = 1;
  for (const ConfigKey& key : list.keys)
    if (!list.short_form.empty() && key.name == list.short_form)
      return {{"anyOf", Json::array({word_schema(key), std::move(schema)})}};
  return schema;
}

Json list_schema(const ConfigKey& key) {
  Json schema = {{"type", "array"}};
  if (!key.may_be_empty) schema["minItems"] = 1;
  if (key.type == ConfigType::groups) {
    schema["items"] = entry_schema(key);
  } else {
    schema["uniqueItems"] = true;
    schema["items"] = word_schema(key);
  }
  return schema;
}

Json default_of(const ConfigKey& key) {
  if (key.type == ConfigType::boolean) return key.default_value == "true";
  if (key.type == ConfigType::integer) return std::stoll(std::string(key.default_value));
  return key.default_value;
}

Json bare_schema(const ConfigKey& key) {
  if (key.type == ConfigType::group) return group_schema(key);
  if (key.type == ConfigType::rule)
    return {{"anyOf", Json::array({{{"$ref", "#/definitions/severity"}}, group_schema(key)})}};
  if (takes_list(key.type) && takes_word(key.type))
    return {{"anyOf", Json::array({word_schema(key), list_schema(key)})}};
  return takes_list(key.type) ? list_schema(key) : word_schema(key);
}

Json value_schema(const ConfigKey& key) {
  // The rules stand in the file and in each override.
  if (key.name == "rules" && key.type == ConfigType::group) return {{"$ref", "#/definitions/rules"}};
  Json schema = {{"description", key.doc}};
  if (!key.default_value.empty()) schema["default"] = default_of(key);
  schema.update(bare_schema(key));
  return schema;
}

Json rules_schema(const ConfigKey& rules) {
  Json schema = {{"description", rules.doc}};
  schema.update(group_schema(rules));
  return schema;
}

Json rule_names(const ConfigKey& rules) {
  Json names = Json::array();
  for (const ConfigKey& rule : rules.keys) names.push_back(rule.name);
  return {{"enum", std::move(names)}};
}

}  // namespace

void write_config_schema(const std::vector<ConfigKey>& keys, std::string& out) {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "Configuration of imglint"},
                 {"description", ".imglint.yaml: what image references may look like and come from"}};
  schema.update(group_schema(ConfigKey{.name = {}, .keys = keys}));
  schema["type"] = {"object", "null"};  // an empty file is right
  Json& definitions = schema["definitions"];
  definitions["severity"] = severity_schema();
  for (const ConfigKey& key : keys)
    if (key.name == "rules") {
      definitions["rule-name"] = rule_names(key);
      definitions["rules"] = rules_schema(key);
    }
  out.append(schema.dump(2)).push_back('\n');
}

}  // namespace imglint
