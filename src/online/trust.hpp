// Certificates for a host, where docker and the containers tools keep them.
#pragma once

#include <string>

#include "online/transport.hpp"

namespace imglint {

/// SSL_CERT_FILE and SSL_CERT_DIR in place of the system's certificates; beside them those of
/// `certs.d/HOST[:PORT]` and the file of `--ca` (may be empty).
[[nodiscard]] Trust trust_for(const std::string& host, const std::string& ca);

}  // namespace imglint
