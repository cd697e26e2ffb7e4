// Which images read Dockerfiles by the rules that are known here.
#pragma once

#include <string_view>

namespace imglint {

/// Whether a repository is that of Docker's own frontend, by whatever mirror: `docker/dockerfile`,
/// `proxy/docker/dockerfile-upstream`.
[[nodiscard]] inline bool is_dockers_frontend(std::string_view repository) {
  for (const std::string_view own : {"docker/dockerfile", "docker/dockerfile-upstream"}) {
    if (!repository.ends_with(own)) continue;
    const auto before = repository.size() - own.size();
    if (before == 0 || repository[before - 1] == '/') return true;
  }
  return false;
}

}  // namespace imglint
