// The registry that a login is for, by what a step or a command says of it.
#pragma once

#include <string_view>

namespace imglint {

/// The host as names of images have it: `docker.io` of nothing and of Docker Hub's other addresses,
/// `quay.io` of `https://quay.io/v2/`.
[[nodiscard]] std::string_view login_host(std::string_view registry);

}  // namespace imglint
