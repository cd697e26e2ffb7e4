// From a Config to the settings and the Policy of one file.
#include <algorithm>

#include "base/path.hpp"
#include "base/path_glob.hpp"
#include "base/quote.hpp"
#include "config/effective.hpp"
#include "kinds/index.hpp"

namespace imglint {
namespace {

/// The part of a path below a folder; empty if it is not below it.
std::string_view below(std::string_view folder, std::string_view path) {
  if (folder == "/") folder = {};
  if (!path.starts_with(folder) || path.size() <= folder.size() || path[folder.size()] != '/') return {};
  return path.substr(folder.size() + 1);
}

bool concerns(const Exception& exception, const ConfigLayer& layer, std::string_view path) {
  return exception.paths.empty() || any_glob_fits(exception.paths, layer, path);
}

void apply(const RuleConfigs& configured, EffectiveSettings& settings) {
  for (const auto& [name, config] : configured) {
    EffectiveRule& rule = settings.rules[name];
    if (config.severity) {
      rule.severity = *config.severity;
      rule.by_preset = false;
    }
    if (config.unresolved) rule.unresolved = *config.unresolved;
    if (config.locked) rule.locked = *config.locked;
    for (const auto& [option, value] : config.options) rule.options[option] = value;
  }
}

template <class T>
void append(const std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

void apply(const ConfigRegistries& configured, EffectiveSettings& settings) {
  append(configured.allow, settings.allow);
  append(configured.deny, settings.deny);
  append(configured.mirrors, settings.mirrors);
}

void apply(const ConfigLayer& layer, const PolicyRequest& request, EffectiveSettings& settings) {
  for (const auto& entry : layer.files)
    if (any_glob_fits(entry.value.paths, layer, request.path)) settings.files.push_back(entry);
  for (const auto& entry : layer.places)
    if (any_glob_fits(entry.value.files, layer, request.path)) settings.places.push_back(entry);
  for (const auto& glob : layer.exclude)
    if (any_glob_fits({glob.value}, layer, request.path)) settings.exclude.push_back(glob);
  apply(layer.rules, settings);
  apply(layer.registries, settings);
  append(layer.contexts, settings.contexts);
  for (const auto& entry : layer.overrides) {
    if (!any_glob_fits(entry.value.paths, layer, request.path)) continue;
    apply(entry.value.rules, settings);
    apply(entry.value.registries, settings);
  }
  for (const auto& exception : layer.exceptions) {
    const bool over = !exception.value.until.empty() && exception.value.until < request.as_of;
    if (!over && concerns(exception.value, layer, request.path)) settings.exceptions.push_back(exception);
  }
  if (layer.compat) settings.compat = *layer.compat;
}

template <class T>
std::vector<T> values(const std::vector<Placed<T>>& placed) {
  std::vector<T> result;
  for (const Placed<T>& entry : placed) result.push_back(entry.value);
  return result;
}

}  // namespace

bool any_glob_fits(const std::vector<std::string>& globs, const ConfigLayer& layer, std::string_view path) {
  const std::string_view relative = below(layer.folder, path);
  if (relative.empty()) return false;
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return path_matches(glob, relative); });
}

EffectiveSettings effective_settings(const Config& config, std::span<const RuleInfo* const> rules,
                                     const PolicyRequest& request) {
  EffectiveSettings settings;
  for (const ConfigLayer& layer : config.layers)
    if (layer.strict) settings.strict = *layer.strict;
  for (const RuleInfo* info : rules) {
    EffectiveRule& rule = settings.rules[std::string(info->name)];
    rule.severity = {settings.strict.value ? info->strict_severity : info->severity, settings.strict.place};
    rule.by_preset = true;
  }
  for (const ConfigLayer& layer : config.layers) apply(layer, request, settings);
  return settings;
}

Policy to_policy(const EffectiveSettings& settings, std::span<const RuleInfo* const> rules,
                 std::string_view as_of) {
  Policy policy{.rules = {},
                .allow = values(settings.allow),
                .deny = values(settings.deny),
                .mirrors = values(settings.mirrors),
                .contexts = values(settings.contexts),
                .exceptions = values(settings.exceptions),
                .compat = settings.compat.value,
                .compat_is_said = settings.compat.place != ConfigPlace(),
                .lock = {},
                .as_of = std::string(as_of)};
  for (const auto& [name, rule] : settings.rules) {
    RuleSettings& plain = policy.rules[name];
    plain.severity = rule.severity.value;
    plain.severity_is_said = !rule.by_preset;
    plain.unresolved = rule.unresolved.value;
    plain.locked = rule.locked.value;
    for (const auto& [option, value] : rule.options) plain.options[option] = value.value;
  }
  policy.finish(rules);
  return policy;
}

Policy make_policy(const Config& config, std::span<const RuleInfo* const> rules,
                   const PolicyRequest& request) {
  return to_policy(effective_settings(config, rules, request), rules, request.as_of);
}

/// Whoever names a file of a compose project has said what it is.
static bool is_of_project(const ConfigLayer& layer, std::string_view path) {
  const std::string_view relative = below(layer.folder, path);
  return !relative.empty() && std::ranges::any_of(layer.projects, [&](const ProjectConfig& project) {
    return std::ranges::any_of(
        project.files, [&](const Placed<std::string>& file) { return normal_path(file.value) == relative; });
  });
}

FileChoice file_choice(const Config& config, std::string_view path) {
  FileChoice choice;
  for (const ConfigLayer& layer : config.layers) {
    if (is_of_project(layer, path)) choice.kind = find_kind("compose");
    for (const auto& entry : layer.files)
      if (any_glob_fits(entry.value.paths, layer, path)) choice.kind = entry.value.kind;
    for (const auto& entry : layer.places)
      if (any_glob_fits(entry.value.files, layer, path)) choice.kind = find_kind("places");
    for (const auto& glob : layer.exclude) {
      if (choice.excluded || !any_glob_fits({glob.value}, layer, path)) continue;
      choice.excluded = true;
      choice.excluded_by =
          quote(glob.value) + " in " + glob.place.file + ":" + std::to_string(glob.place.line);
    }
  }
  return choice;
}

bool chooses_files(const Config& config) {
  return std::any_of(config.layers.begin(), config.layers.end(), [](const ConfigLayer& layer) {
    return !layer.files.empty() || !layer.exclude.empty() || !layer.places.empty() || !layer.projects.empty();
  });
}

std::vector<OwnPlace> own_places(const Config& config, std::string_view path) {
  std::vector<OwnPlace> places;
  for (const ConfigLayer& layer : config.layers)
    for (const auto& entry : layer.places)
      if (any_glob_fits(entry.value.files, layer, path)) places.push_back(entry.value.place);
  return places;
}

std::string policy_key(const Config& config, std::string_view path) {
  std::string key;
  for (const ConfigLayer& layer : config.layers) {
    for (const auto& entry : layer.overrides)
      key += any_glob_fits(entry.value.paths, layer, path) ? '1' : '0';
    for (const auto& entry : layer.exceptions) key += concerns(entry.value, layer, path) ? '1' : '0';
  }
  return key;
}

}  // namespace imglint
