#include "kinds/login_host.hpp"

#include <algorithm>
#include <iterator>

namespace imglint {
namespace {

// `docker login` takes all of them for Docker Hub.
constexpr std::string_view hub_hosts[] = {"", "docker.io", "index.docker.io", "registry-1.docker.io",
                                          "registry.hub.docker.com"};

}  // namespace

std::string_view login_host(std::string_view registry) {
  if (const auto scheme = registry.find("://"); scheme != registry.npos) registry.remove_prefix(scheme + 3);
  const std::string_view host = registry.substr(0, registry.find('/'));
  return std::ranges::find(hub_hosts, host) == std::end(hub_hosts) ? host : std::string_view("docker.io");
}

}  // namespace imglint
