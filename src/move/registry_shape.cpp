#include "move/mapping.hpp"

namespace imglint {
namespace {

Refusal too_deep(std::string_view name, std::string_view rule) {
  return {RefusalKind::target_depth, "'" + std::string(name) + "' is too deep: " + std::string(rule)};
}

Refusal needs_namespace(std::string_view name, std::string_view rule) {
  return {RefusalKind::target_needs_namespace,
          "'" + std::string(name) + "' cannot exist: " + std::string(rule) + "; add it to the target"};
}

bool is_container_registry(std::string_view host) {
  return host == "gcr.io" || host == "us.gcr.io" || host == "eu.gcr.io" || host == "asia.gcr.io";
}

}  // namespace

std::optional<Refusal> registry_shape_refusal(std::string_view name, std::size_t below,
                                              bool under_target_option) {
  const std::string_view host = host_of(name);
  const std::size_t depth = depth_of(path_of(name));
  if (host == "docker.io") {
    if (depth > 2) return too_deep(name, "Docker Hub has a namespace and a name");
    if (depth < 2) return needs_namespace(name, "an image on Docker Hub needs a namespace");
  }
  if (host == "ghcr.io" && depth < 2) return needs_namespace(name, "an image on ghcr.io needs an owner");
  if (is_container_registry(host) && depth < 2)
    return needs_namespace(name, "an image on " + std::string(host) + " needs a project");
  if (host == "public.ecr.aws" && depth < 2)
    return needs_namespace(name, "an image on public.ecr.aws needs an alias");
  if (host.ends_with("-docker.pkg.dev") && depth < 3)
    return needs_namespace(name, "an image in Artifact Registry needs a project and a repository");
  if (host == "registry.gitlab.com") {
    if (depth < 2)
      return needs_namespace(name, "an image on registry.gitlab.com needs a group and a project");
    if (under_target_option && below > 2)
      return too_deep(name, "GitLab allows two names below the project given in --to");
  }
  return std::nullopt;
}

}  // namespace imglint
