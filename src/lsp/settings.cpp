#include "lsp/settings.hpp"

#include <functional>

#include <nlohmann/json.hpp>

#include "base/date.hpp"
#include "base/printable.hpp"

namespace imglint::lsp {
namespace {

bool read(const Json& value, bool& into) {
  if (!value.is_boolean()) return false;
  into = value.get<bool>();
  return true;
}

bool read(const Json& value, std::string& into) {
  if (!value.is_string()) return false;
  into = value.get<std::string>();
  return true;
}

bool read(const Json& value, std::vector<std::string>& into) {
  if (!value.is_array()) return false;
  std::vector<std::string> read_items;
  for (const Json& item : value) {
    if (!item.is_string()) return false;
    read_items.push_back(item.get<std::string>());
  }
  into = std::move(read_items);
  return true;
}

bool read(const Json& value, std::vector<std::pair<std::string, std::string>>& into) {
  if (!value.is_object()) return false;
  std::vector<std::pair<std::string, std::string>> read_items;
  for (const auto& item : value.items()) {
    if (!item.value().is_string()) return false;
    read_items.emplace_back(item.key(), item.value().get<std::string>());
  }
  into = std::move(read_items);
  return true;
}

bool read(const Json& value, InlayHints& into) {
  if (value == "off" || value == false)
    into = InlayHints::off;
  else if (value == "variables" || value == true)
    into = InlayHints::variables;
  else if (value == "all")
    into = InlayHints::all;
  else
    return false;
  return true;
}

bool read_date(const Json& value, std::string& into) {
  std::string date;
  if (!read(value, date) || (!date.empty() && !is_date(date))) return false;
  into = std::move(date);
  return true;
}

/// False if there is no setting of that name; `fits` says whether the value could be read.
bool read_setting(const std::string& name, const Json& value, Settings& settings, bool& fits) {
  if (name == "enable") {
    fits = read(value, settings.enable);
  } else if (name == "config") {
    fits = read(value, settings.config);
  } else if (name == "isolated") {
    fits = read(value, settings.isolated);
  } else if (name == "select") {
    fits = read(value, settings.select);
  } else if (name == "ignore") {
    fits = read(value, settings.ignore);
  } else if (name == "env") {
    fits = read(value, settings.env);
  } else if (name == "buildArgs") {
    fits = read(value, settings.build_args);
  } else if (name == "envFiles") {
    fits = read(value, settings.env_files);
  } else if (name == "contexts") {
    fits = read(value, settings.contexts);
  } else if (name == "asOf") {
    fits = read_date(value, settings.as_of);
  } else if (name == "inlayHints") {
    fits = read(value, settings.inlay_hints);
  } else if (name == "codeLens") {
    fits = read(value, settings.code_lens);
  } else if (name == "unsafeFixes") {
    fits = read(value, settings.unsafe_fixes);
  } else if (name == "rulePages") {
    fits = read(value, settings.rule_pages);
  } else if (name == "moveTargets") {
    fits = read(value, settings.move_targets);
  } else {
    return false;
  }
  return true;
}

/// Settings that only a client looks at, such as where the server is.
bool is_of_client(const std::string& name) {
  return name == "path" || name == "args" || name == "trace" || name == "fixOnSave";
}

}  // namespace

void read_settings(const Json& object, Settings& settings, std::vector<std::string>& problems) {
  if (!object.is_object()) return;
  if (const auto below = object.find("imglint"); below != object.end() && below->is_object()) {
    read_settings(*below, settings, problems);
    return;
  }
  for (const auto& item : object.items()) {
    bool fits = true;
    if (item.value().is_null() || is_of_client(item.key())) continue;
    if (!read_setting(item.key(), item.value(), settings, fits))
      problems.push_back("no setting is called '" + printable(item.key()) + "'");
    else if (!fits)
      problems.push_back("setting '" + item.key() + "' has a value of a wrong kind");
  }
}

}  // namespace imglint::lsp
