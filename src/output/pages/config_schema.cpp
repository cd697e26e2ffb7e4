#include <nlohmann/json.hpp>

#include "output/pages/config.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

/// Texts may look like numbers: the reader takes every scalar by its letters.
Json text_schema(std::string_view expression = {}, std::size_t longest = 0) {
  Json schema = {{"type", {"string", "number", "boolean"}}, {"minLength", 1}};
  if (longest > 0) schema["maxLength"] = longest;
  if (!expression.empty()) schema["pattern"] = expression;
  return schema;
}

// Expressions that ECMAScript and Python read alike, for what fault_of_value() refuses.

/// A day that some year has.
constexpr std::string_view date_expression =
    "^[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|"
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))$";

/// A host as the grammar of references has it, and components of a path.
constexpr std::string_view location_expression =
    R"(^(?=[^/]*[.:A-Z]|localhost(?:/|$)))"
    R"((?:\[[0-9A-Fa-f:]+\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*))"
    R"((?::[0-9]+)?(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$)";

/// Names between slashes, none of them `.` or `..`.
constexpr std::string_view glob_expression =
    R"(^(?!!)/?(?!\.{1,2}(?:/|$))[^\\{/]+(?:/(?!\.{1,2}(?:/|$))[^\\{/]+)*/?$)";

constexpr std::string_view tree_path_expression =
    R"(^\$(?:\[\*\]|\["(?:(?!"\])[\s\S])+"\]|\.{1,2}[^.\[ "'$@?()\]]+)+$)";

/// RE2 looks neither ahead nor behind.
constexpr std::string_view regex_expression = R"(^(?![\s\S]*(?:^|[^\\])\(\?(?:[=!]|<[=!])))";

/// Of images, or of registries, which have neither tag nor digest: as Pattern::parse() tells hosts from
/// names.
std::string pattern_expression(bool has_suffix) {
  const std::string component = R"([a-z0-9*]+(?:(?:\.|__?|-+)[a-z0-9*]+)*)";
  const std::string path = component + "(?:/" + component + ")*";
  const std::string host = R"((?:\[[^/\s@]*|[A-Za-z0-9*-]+(?:\.[A-Za-z0-9*-]+)*(?::[0-9*]+)?))";
  const std::string lone_host =
      R"((?:\*\*|localhost(?::[0-9]+)?|[A-Za-z0-9*-]+(?:\.[A-Za-z0-9*-]+)+(?::[0-9]+)?))";
  const std::string tag = has_suffix ? "(?::[A-Za-z0-9_*][A-Za-z0-9_.*-]*)?" : "";
  const std::string digest = has_suffix ? R"((?:@(?:sha256:(?:[0-9a-fA-F]{64}|(?=[^*]*\*)[0-9a-fA-F*]+)|)"
                                          R"((?!sha256:)[^:\s]*:[0-9a-fA-F*]*|[^:\s]*\*[^:\s]*))?)"
                                        : "";
  const std::string begins_with_host = R"([^/@]*[.:\[A-Z][^/@]*/|\*\*/|localhost/)";
  const std::string is_lone_host = R"((?:\*\*|localhost(?::[0-9]*)?|[^:/@]*\.[^:/@]*(?::[0-9]*)?)(?:@|$))";
  return R"(^(?![\s\S]*://)(?:)" + lone_host + "|(?=" + begins_with_host + ")" + host + "/" + path + tag +
         "|(?!" + begins_with_host + "|" + is_lone_host + ")" + path + tag + ")" + digest + "$";
}

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
      return {{"type", "string"}, {"pattern", date_expression}};
    case ConfigType::choice:
      return {{"enum", strings(key.choices)}};
    case ConfigType::regex:
    case ConfigType::regexes:
      return text_schema(regex_expression, 500);
    case ConfigType::count:
      return {{"type", {"integer", "string"}},
              {"minimum", 0},
              {"maximum", 999},
              {"pattern", "^[0-9]{1,3}(-[0-9]{1,3})?$"}};
    case ConfigType::location:
      // A target is written as it will stand in references, in small letters.
      return text_schema(key.is_target ? "^(?![^/]*[A-Z])" + std::string(location_expression.substr(1))
                                       : std::string(location_expression));
    case ConfigType::patterns:
      return text_schema(pattern_expression(true));
    case ConfigType::registry_patterns:
    case ConfigType::pattern:
      return text_schema(pattern_expression(false));
    case ConfigType::globs:
      return text_schema(glob_expression);
    case ConfigType::tree_path:
      return {{"type", "string"}, {"pattern", tree_path_expression}};
    case ConfigType::rules:
      return {{"$ref", "#/definitions/rule-name"}};
    case ConfigType::assignments:
    case ConfigType::renames:
      return {{"type", "string"}, {"pattern", "^[^=]+="}};
    case ConfigType::prefixes:
      return text_schema("^(?!.*://)[^ \\t\\r\\n=]+$");
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
