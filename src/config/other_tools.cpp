#include "config/other_tools.hpp"

#include <algorithm>
#include <utility>

#include "source/file_system.hpp"

namespace imglint {
namespace {

using Known = std::pair<std::string_view, std::string_view>;  // what begins a name or is a key, the tool

constexpr Known beginnings_of_names[] = {
    {".dclintrc", "dclint"},   {"dclint.config.", "dclint"}, {"trivy.y", "Trivy"},
    {".trivyignore", "Trivy"}, {".checkov.", "Checkov"},     {"kics.config", "KICS"},
    {".semgrep", "Semgrep"},   {".tally.toml", "tally"},     {"tally.toml", "tally"},
    {".imglint.", "imglint"},
};

constexpr Known keys_of_tools[] = {
    {"scan", "Trivy"},
    {"vulnerability", "Trivy"},
    {"misconfiguration", "Trivy"},
    {"ignorefile", "Trivy"},
    {"skip-check", "Checkov"},
    {"skip-framework", "Checkov"},
    {"framework", "Checkov"},
    {"exclude-queries", "KICS"},
    {"exclude-categories", "KICS"},
    {"exclude-severities", "KICS"},
    {"registries", "imglint"},
    {"fail-on", "imglint"},
    {"extends", "imglint"},
};

}  // namespace

std::string_view tool_of_config_name(std::string_view path) {
  const std::string_view name = name_of(path);
  const auto* known = std::ranges::find_if(beginnings_of_names,
                                           [&](const Known& one) { return name.starts_with(one.first); });
  return known == std::end(beginnings_of_names) ? std::string_view() : known->second;
}

std::string_view tool_of_config_keys(std::span<const std::string_view> keys, bool rules_is_list) {
  for (const std::string_view key : keys)
    if (const auto* known = std::ranges::find(keys_of_tools, key, &Known::first);
        known != std::end(keys_of_tools))
      return known->second;
  if (std::ranges::find(keys, "rules") == keys.end()) return {};
  return rules_is_list ? "Semgrep" : "dclint";
}

}  // namespace imglint
