#include <algorithm>
#include <array>

#include "move/mapping.hpp"

namespace imglint {
namespace {

struct ShortName {
  std::string_view host;
  std::string_view name;
};

constexpr std::array<ShortName, 10> short_names = {{
    {"docker.io", "docker-hub"},
    {"gcr.io", "gcr"},
    {"ghcr.io", "ghcr"},
    {"lscr.io", "lscr"},
    {"mcr.microsoft.com", "mcr"},
    {"nvcr.io", "nvcr"},
    {"public.ecr.aws", "ecr-public"},
    {"quay.io", "quay"},
    {"registry.gitlab.com", "gitlab"},
    {"registry.k8s.io", "k8s"},
}};

/// A host as it can stand in a path: colons are dashes, brackets go, lower case.
std::string host_in_path(std::string_view host) {
  std::string result;
  for (const char c : host) {
    if (c == '[' || c == ']') continue;
    if (c == ':')
      result += '-';
    else
      result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

std::string short_name(std::string_view host) {
  for (const ShortName& known : short_names)
    if (known.host == host) return std::string(known.name);
  return host_in_path(host);
}

/// As Docker prints it: docker.io and a lone library/ are left out.
std::string_view familiar(std::string_view name) {
  return host_of(name) == "docker.io" ? without_library(name) : name;
}

std::string with_separator(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  for (const char c : text) {
    if (from.find(c) != std::string_view::npos)
      result += to;
    else
      result += c;
  }
  return result;
}

/// Slashes at the ends and doubled ones vanish.
std::string tidy(std::string_view path) {
  std::string result;
  for (const char c : path)
    if (c != '/' || (!result.empty() && result.back() != '/')) result += c;
  while (result.ends_with('/')) result.pop_back();
  return result;
}

/// One `{…}` of a template, cut into its name and separator.
struct Placeholder {
  std::string_view name;
  std::optional<std::string_view> separator;
};

Placeholder placeholder(std::string_view inner) {
  const auto colon = inner.find(':');
  if (colon == std::string_view::npos) return {inner, std::nullopt};
  return {inner.substr(0, colon), inner.substr(colon + 1)};
}

std::optional<std::string> placeholder_value(std::string_view which, std::string_view name,
                                             std::string_view path) {
  const auto slash = path.rfind('/');
  if (which == "host") return host_in_path(host_of(name));
  if (which == "short") return short_name(host_of(name));
  if (which == "path") return std::string(path);
  if (which == "namespace") return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash));
  if (which == "name") return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
  if (which == "familiar") return std::string(familiar(name));
  return std::nullopt;
}

std::string by_template(std::string_view name, std::string_view path, std::string_view path_template) {
  std::string result;
  while (!path_template.empty()) {
    const auto open = path_template.find('{');
    result += path_template.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = path_template.find('}', open);
    const Placeholder part = placeholder(path_template.substr(open + 1, close - open - 1));
    const std::string value = placeholder_value(part.name, name, path).value_or("");
    result += part.separator ? with_separator(value, "/:@._", *part.separator) : value;
    path_template.remove_prefix(close + 1);
  }
  return tidy(result);
}

bool drops_library(const MappingOptions& options) {
  if (options.library != LibraryRule::by_strategy) return options.library == LibraryRule::drop;
  if (!options.path_template.empty()) return true;
  switch (options.paths) {
    case PathStrategy::keep:
    case PathStrategy::last:
    case PathStrategy::flat:
      return true;
    case PathStrategy::source:
    case PathStrategy::source_short:
    case PathStrategy::source_flat:
      return false;
  }
  return false;
}

}  // namespace

std::optional<PathStrategy> path_strategy_named(std::string_view name) {
  if (name == "keep") return PathStrategy::keep;
  if (name == "last") return PathStrategy::last;
  if (name == "flat") return PathStrategy::flat;
  if (name == "source") return PathStrategy::source;
  if (name == "source-short") return PathStrategy::source_short;
  if (name == "source-flat") return PathStrategy::source_flat;
  return std::nullopt;
}

std::string_view without_library(std::string_view name) {
  const std::string_view path = path_of(name);
  const bool official = host_of(name) == "docker.io" && path.starts_with("library/") && depth_of(path) == 2;
  return official ? path.substr(path.find('/') + 1) : path;
}

std::string path_below_target(std::string_view name, const MappingOptions& options) {
  const std::string_view host = host_of(name);
  const std::string_view path = drops_library(options) ? without_library(name) : path_of(name);
  if (!options.path_template.empty()) return by_template(name, path, options.path_template);
  switch (options.paths) {
    case PathStrategy::keep:
      return std::string(path);
    case PathStrategy::last:
      return std::string(path.substr(path.rfind('/') + 1));
    case PathStrategy::flat:
      return with_separator(path, "/", options.separator);
    case PathStrategy::source:
      return host_in_path(host) + "/" + std::string(path);
    case PathStrategy::source_short:
      return short_name(host) + "/" + std::string(path);
    case PathStrategy::source_flat:
      return host_in_path(host) + options.separator + with_separator(path, "/", options.separator);
  }
  return std::string(path);
}

std::string one_level_of(std::string_view name) {
  // A run of dashes that is longer than any in the name, so that it can be read back.
  std::string joint = "-";
  while (name.find(joint) != std::string_view::npos) joint += '-';
  std::string result;
  for (const char c : name) {
    if (c == '/')
      result += joint;
    else
      result += c == ':' ? '_' : c;  // before a port; no host has an underscore
  }
  return result;
}

std::optional<std::string> template_error(std::string_view path_template) {
  std::string_view rest = path_template;
  bool any = false;
  while (!rest.empty()) {
    const auto brace = rest.find_first_of("{}");
    if (brace == std::string_view::npos) break;
    if (rest[brace] == '}') return "a '}' without its '{'";
    const auto close = rest.find('}', brace);
    if (close == std::string_view::npos) return "a '{' without its '}'";
    const Placeholder part = placeholder(rest.substr(brace + 1, close - brace - 1));
    if (!placeholder_value(part.name, "docker.io/library/x", "library/x"))
      return "no part is called '" + std::string(part.name) +
             "': host, short, path, namespace, name, familiar are";
    any = any || part.name == "path" || part.name == "name" || part.name == "familiar";
    rest.remove_prefix(close + 1);
  }
  if (!any) return "it names no image: use {path}, {name} or {familiar}";
  return std::nullopt;
}

}  // namespace imglint
