// From a Config to the Policy of one file.
#include <algorithm>

#include "policy/config.hpp"
#include "policy/path_glob.hpp"

namespace imglint {
namespace {

/// The part of a path below a folder; empty if it is not below it.
std::string_view below(std::string_view folder, std::string_view path) {
  if (folder == "/") folder = {};
  if (!path.starts_with(folder) || path.size() <= folder.size() || path[folder.size()] != '/') return {};
  return path.substr(folder.size() + 1);
}

bool concerns(const std::vector<std::string>& globs, const ConfigLayer& layer, std::string_view path) {
  const std::string_view relative = below(layer.folder, path);
  if (relative.empty()) return false;
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return path_matches(glob, relative); });
}

bool concerns(const Exception& exception, const ConfigLayer& layer, std::string_view path) {
  return exception.paths.empty() || concerns(exception.paths, layer, path);
}

void apply(const RuleConfigs& configured, Policy& policy) {
  for (const auto& [name, config] : configured) {
    RuleSettings& settings = policy.rules[name];
    if (config.severity) settings.severity = config.severity->value;
    if (config.unresolved) settings.unresolved = config.unresolved->value;
    if (config.locked) settings.locked = config.locked->value;
    for (const auto& [option, value] : config.options) settings.options[option] = value.value;
  }
}

void apply(const ConfigRegistries& configured, Policy& policy) {
  for (const auto& entry : configured.allow) policy.allow.push_back(entry.value);
  for (const auto& entry : configured.deny) policy.deny.push_back(entry.value);
  for (const auto& entry : configured.mirrors) policy.mirrors.push_back(entry.value);
}

void apply(const ConfigLayer& layer, const PolicyRequest& request, Policy& policy) {
  apply(layer.rules, policy);
  apply(layer.registries, policy);
  for (const auto& context : layer.contexts) policy.contexts.push_back(context.value);
  for (const auto& entry : layer.overrides) {
    if (!concerns(entry.value.paths, layer, request.path)) continue;
    apply(entry.value.rules, policy);
    apply(entry.value.registries, policy);
  }
  for (const auto& exception : layer.exceptions) {
    const bool over = !exception.value.until.empty() && exception.value.until < request.as_of;
    if (!over && concerns(exception.value, layer, request.path)) policy.exceptions.push_back(exception.value);
  }
  if (layer.compat) policy.compat = layer.compat->value;
}

}  // namespace

Policy make_policy(const Config& config, std::span<const RuleInfo* const> rules,
                   const PolicyRequest& request) {
  bool strict = false;
  for (const ConfigLayer& layer : config.layers)
    if (layer.strict) strict = layer.strict->value;
  Policy policy = default_policy(rules, strict, request.as_of);
  for (const ConfigLayer& layer : config.layers) apply(layer, request, policy);
  return policy;
}

std::string policy_key(const Config& config, std::string_view path) {
  std::string key;
  for (const ConfigLayer& layer : config.layers) {
    for (const auto& entry : layer.overrides) key += concerns(entry.value.paths, layer, path) ? '1' : '0';
    for (const auto& entry : layer.exceptions) key += concerns(entry.value, layer, path) ? '1' : '0';
  }
  return key;
}

}  // namespace imglint
