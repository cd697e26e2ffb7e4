// Hosts and addresses: which of them may be asked, before anything is sent (docs/spec/online.md 5.7).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace imglint {

enum class HostKind : std::uint8_t {
  loopback,      ///< `localhost`, a name below it, an address of this machine
  private_,      ///< an address of a private network, of the link, or of no use to others
  single_label,  ///< a name without a dot: who answers to it depends on the network
  public_,
};

/// A host without its port, brackets of an IPv6 address taken off.
[[nodiscard]] std::string_view host_without_port(std::string_view host);
/// The port as written; empty without.
[[nodiscard]] std::string_view port_of(std::string_view host);

/// Of `host[:port]`. What a resolver would take for a number in another spelling (`127.1`, `0x7f.0.0.1`) is
/// private.
[[nodiscard]] HostKind host_kind(std::string_view host);

/// Of an IPv4 or IPv6 address; public_ for what is none.
[[nodiscard]] HostKind address_kind(std::string_view address);

/// Whether a text can be `host[:port]`: letters, digits, dots, dashes, an address in brackets, a port below
/// 65,536. Nothing that could become part of a URL, a path or a header.
[[nodiscard]] bool is_host(std::string_view host);

/// Whether a text can be the path of a repository: what the grammar of references has.
[[nodiscard]] bool is_repository(std::string_view text);

}  // namespace imglint
