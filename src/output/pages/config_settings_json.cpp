#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "output/json_text.hpp"
#include "output/pages/config.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

Json place_json(const ConfigPlace& place) {
  if (place.file.empty()) return nullptr;
  return {{"file", valid_utf8(place.file)}, {"line", place.line}, {"column", place.column}};
}

Json placed(Json value, const ConfigPlace& place) {
  return {{"value", std::move(value)}, {"from", place_json(place)}};
}

Json text_json(const std::string& text) { return text.empty() ? Json(nullptr) : Json(valid_utf8(text)); }

Json list_json(const std::vector<std::string>& words) {
  Json array = Json::array();
  for (const std::string& word : words) array.push_back(valid_utf8(word));
  return array;
}

Json option_json(const OptionValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* text = std::get_if<std::string>(&value)) return valid_utf8(*text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return list_json(*list);
  Json tables = Json::array();
  for (const OptionTable& table : std::get<std::vector<OptionTable>>(value)) {
    Json& entry = tables.emplace_back(Json::object());
    for (const auto& [column, words] : table) entry[column] = list_json(words);
  }
  return tables;
}

/// The value of an option that is not configured; null where there is none.
Json default_json(const OptionInfo& option) {
  if (option.default_value.empty()) return nullptr;
  if (option.type == OptionType::boolean) return option.default_value == "true";
  if (option.type == OptionType::integer) return std::stoll(std::string(option.default_value));
  return option.default_value;
}

Json rule_json(const RuleInfo& info, const EffectiveRule& rule) {
  Json severity = placed(to_string(rule.severity.value), rule.severity.place);
  severity["by_preset"] = rule.by_preset;
  Json options = Json::object();
  for (const OptionInfo& option : info.options) {
    const auto found = rule.options.find(option.name);
    options[std::string(option.name)] = found == rule.options.end()
                                            ? placed(default_json(option), {})
                                            : placed(option_json(found->second.value), found->second.place);
  }
  Json object = {{"severity", std::move(severity)}};
  if (info.judges_parts)
    object["unresolved"] = placed(to_string(rule.unresolved.value), rule.unresolved.place);
  object["locked"] = placed(rule.locked.value, rule.locked.place);
  object["options"] = std::move(options);
  return object;
}

Json registries_json(const EffectiveSettings& settings) {
  Json allow = Json::array(), deny = Json::array(), mirrors = Json::array();
  for (const auto& entry : settings.allow) allow.push_back(placed(valid_utf8(entry.value), entry.place));
  for (const auto& entry : settings.deny)
    deny.push_back(placed({{"pattern", valid_utf8(entry.value.pattern)},
                           {"message", text_json(entry.value.message)},
                           {"use", text_json(entry.value.use)}},
                          entry.place));
  for (const auto& entry : settings.mirrors)
    mirrors.push_back(
        placed({{"from", valid_utf8(entry.value.from)}, {"to", valid_utf8(entry.value.to)}}, entry.place));
  return {{"allow", std::move(allow)}, {"deny", std::move(deny)}, {"mirrors", std::move(mirrors)}};
}

Json place_entry_json(const PlaceEntry& entry) {
  Json object = {{"files", list_json(entry.files)}, {"path", valid_utf8(entry.place.path)}};
  for (const auto& [key, name] : {std::pair("registry", &entry.place.registry),
                                  {"repository", &entry.place.repository},
                                  {"tag", &entry.place.tag}})
    if (!name->empty()) object["parts"][key] = valid_utf8(*name);
  return object;
}

Json exception_json(const Exception& exception) {
  return {{"rules", list_json(exception.rules)},
          {"images", list_json(exception.images)},
          {"paths", list_json(exception.paths)},
          {"reason", text_json(exception.reason)},
          {"until", text_json(exception.until)}};
}

void add_word(Json& object, std::string_view key, const std::optional<Placed<std::string>>& value) {
  if (value) object[std::string(key)] = placed(valid_utf8(value->value), value->place);
}

void add_words(Json& object, std::string_view key, const std::vector<Placed<std::string>>& values) {
  for (const auto& entry : values)
    object[std::string(key)].push_back(placed(valid_utf8(entry.value), entry.place));
}

/// Only what is set.
Json run_json(const RunConfig& run) {
  Json retarget = Json::object();
  add_word(retarget, "to", run.retarget.to);
  add_words(retarget, "from", run.retarget.from);
  add_words(retarget, "except", run.retarget.except);
  add_words(retarget, "map", run.retarget.map);
  add_word(retarget, "paths", run.retarget.paths);
  add_words(retarget, "include", run.retarget.include);
  Json object = Json::object();
  add_word(object, "baseline", run.baseline);
  add_word(object, "fail-on", run.fail_on);
  add_word(object, "format", run.format);
  add_words(object, "env-files", run.env_files);
  add_words(object, "env", run.env);
  add_words(object, "build-args", run.build_args);
  add_words(object, "include", run.include);
  for (const ProjectConfig& project : run.projects) {
    Json item = Json::object();
    add_words(item, "files", project.files);
    add_words(item, "env-files", project.env_files);
    add_words(item, "profiles", project.profiles);
    add_word(item, "directory", project.directory);
    object["projects"].push_back(std::move(item));
  }
  if (!retarget.empty()) object["retarget"] = std::move(retarget);
  return object;
}

}  // namespace

void write_settings_json(const SettingsPage& page, std::string& out) {
  const EffectiveSettings& settings = page.settings;
  Json rules = Json::object();
  for (const RuleInfo* info : page.rules)
    rules[std::string(info->name)] = rule_json(*info, settings.rules.find(info->name)->second);
  Json kinds = Json::array(), places = Json::array(), exclude = Json::array();
  for (const auto& entry : settings.files)
    kinds.push_back(
        placed({{"paths", list_json(entry.value.paths)}, {"kind", entry.value.kind->name}}, entry.place));
  for (const auto& entry : settings.places)
    places.push_back(placed(place_entry_json(entry.value), entry.place));
  for (const auto& entry : settings.exclude) exclude.push_back(placed(valid_utf8(entry.value), entry.place));
  Json contexts = Json::array(), exceptions = Json::array();
  for (const auto& entry : settings.contexts)
    contexts.push_back(placed(valid_utf8(entry.value), entry.place));
  for (const auto& entry : settings.exceptions)
    exceptions.push_back(placed(exception_json(entry.value), entry.place));
  const Json object = {
      {"version", 1},
      {"path", valid_utf8(page.path)},
      {"files", list_json(page.files)},
      {"kinds", std::move(kinds)},
      {"places", std::move(places)},
      {"exclude", std::move(exclude)},
      {"preset", placed(settings.strict.value ? "strict" : "recommended", settings.strict.place)},
      {"registries", registries_json(settings)},
      {"rules", std::move(rules)},
      {"contexts", std::move(contexts)},
      {"exceptions", std::move(exceptions)},
      {"compat", placed(settings.compat.value, settings.compat.place)},
      {"run", run_json(page.run)}};
  out.append(harmless_json(object.dump(2))).push_back('\n');
}

}  // namespace imglint
