#include "project/builds.hpp"

#include <algorithm>

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

}  // namespace

std::string dockerfile_of(const Document& compose, const Service& service) {
  if (!service.built || service.inlined || is_remote(service.context)) return {};
  const std::string_view file = compose.source->path();
  const std::size_t slash = file.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? "" : file.substr(0, slash + 1);
  const std::string_view dockerfile = service.dockerfile.empty() ? "Dockerfile" : service.dockerfile;
  return normal_path(join(join(folder, service.context), dockerfile));
}

void collect_builds(const Document& compose, Builds& builds, bool with_arguments) {
  for (const Service& service : compose.services) {
    const std::string path = dockerfile_of(compose, service);
    const bool has_arguments = with_arguments && !service.args.empty();
    if (path.empty()) continue;
    DockerfileBuild& build = builds[path];
    build.without_arguments = build.without_arguments || !has_arguments;
    for (const std::string_view name : service.contexts)
      if (std::find(build.contexts.begin(), build.contexts.end(), name) == build.contexts.end())
        build.contexts.emplace_back(name);
    if (!has_arguments) continue;
    std::vector<GivenValue> arguments;
    for (const Service::BuildArg& argument : service.args)
      arguments.push_back({argument.name, argument.value, argument.has_value});
    const bool known = std::any_of(build.argument_sets.begin(), build.argument_sets.end(),
                                   [&](const auto& set) { return same_arguments(set, arguments); });
    if (!known) build.argument_sets.push_back(std::move(arguments));
  }
}

}  // namespace imglint
