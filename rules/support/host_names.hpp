// Words that read like a registry although they are accounts of Docker Hub where no dot or port makes them a
// host.
#pragma once

#include <string_view>

#include "policy/subject.hpp"

namespace imglint {

/// Whether the first of several components is such a word: `ghcr/acme/app`, `registry/app`.
[[nodiscard]] bool has_host_like_namespace(const Subject& subject);
/// The host that it stands for; empty if it could be any (`registry`).
[[nodiscard]] std::string_view host_read_from(const Subject& subject);

}  // namespace imglint
