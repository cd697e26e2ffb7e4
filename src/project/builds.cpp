#include "project/builds.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "base/path.hpp"

namespace imglint {
namespace {

bool is_remote(std::string_view context) {
  return context.find("://") != std::string_view::npos || context.starts_with("git@") ||
         context.starts_with("github.com/");
}

std::string join(std::string_view folder, std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  std::string result(folder);
  if (!result.empty() && !result.ends_with('/')) result += '/';
  return result.append(path);
}

bool same_arguments(const std::vector<GivenValue>& a, const std::vector<GivenValue>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const GivenValue& x, const GivenValue& y) {
    return x.name == y.name && x.value.text() == y.value.text() && x.value.place() == y.value.place();
  });
}

/// Equal for equal arguments. Values are shared by what inherits them, so their bytes are not looked at.
std::size_t hash_of(const std::vector<GivenValue>& arguments) {
  std::size_t hash = arguments.size();
  const auto add = [&hash](std::size_t value) { hash = (hash ^ value) * 0x9E3779B97F4A7C15u; };
  for (const GivenValue& argument : arguments) {
    const auto size = static_cast<std::uint32_t>(argument.value.text().size());
    const Location place = argument.value.cover_of({0, size}).value_or(Location{});
    add(std::hash<std::string_view>()(argument.name));
    add(size);
    add(place.span.begin);
    add(place.span.end);
  }
  return hash ^ (hash >> 32u);
}

void add_arguments(DockerfileBuild& build, std::vector<GivenValue> arguments) {
  const std::size_t hash = hash_of(arguments);
  const auto [first, last] = build.known_sets.equal_range(hash);
  const bool known = std::any_of(first, last, [&](const auto& entry) {
    return same_arguments(build.argument_sets[entry.second], arguments);
  });
  if (known) return;
  build.known_sets.emplace(hash, build.argument_sets.size());
  build.argument_sets.push_back(std::move(arguments));
}

}  // namespace

std::string dockerfile_of(const Document& compose, const Build& build) {
  if (build.is_assembled) return std::string(build.dockerfile_path);
  if (build.inlined || is_remote(build.context)) return {};
  const std::string_view file = compose.source->path();
  const std::size_t slash = file.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? "" : file.substr(0, slash + 1);
  const std::string_view dockerfile = build.dockerfile.empty() ? "Dockerfile" : build.dockerfile;
  return normal_path(join(join(folder, build.context), dockerfile));
}

void assembly::collect_builds(const ComposeProject& project, Builds& builds, bool with_arguments) {
  for (const AssembledService& service : project.services) {
    if (!service.build || service.build->dockerfile.empty()) continue;
    const bool has_arguments = with_arguments && !service.build->args.empty();
    DockerfileBuild& build = builds[service.build->dockerfile];
    build.without_arguments = build.without_arguments || !has_arguments;
    for (const auto& context : service.build->contexts)
      if (build.known_contexts.emplace(context.first).second) build.contexts.emplace_back(context.first);
    if (!has_arguments) continue;
    std::vector<GivenValue> arguments;
    for (const AssembledBuild::Argument& argument : service.build->args)
      arguments.push_back({argument.name, argument.value, argument.has_value});
    add_arguments(build, std::move(arguments));
  }
}

void collect_builds(const Document& compose, Builds& builds, bool with_arguments) {
  for (const Build& given : compose.builds) {
    const std::string path = dockerfile_of(compose, given);
    const bool has_arguments = with_arguments && !given.arguments.empty();
    if (path.empty()) continue;
    DockerfileBuild& build = builds[path];
    build.without_arguments = build.without_arguments || !has_arguments;
    for (const std::string_view name : given.contexts)
      if (build.known_contexts.emplace(name).second) build.contexts.emplace_back(name);
    if (!has_arguments) continue;
    std::vector<GivenValue> arguments;
    for (const Build::Argument& argument : given.arguments)
      arguments.push_back({argument.name, argument.value, argument.has_value});
    add_arguments(build, std::move(arguments));
  }
}

}  // namespace imglint
