// Guard: where requests and credentials may go. What a registry sends us to is vetted like what a file names
// (docs/spec/online.md 4, 5.7).
#pragma once

#include <string>
#include <string_view>

#include "online/transport.hpp"
#include "online/url.hpp"
#include "registry/question.hpp"

namespace imglint {

class Guard {
 public:
  explicit Guard(const RegistryAccess& access) : access_(&access) {}

  /// Why a registry is not asked; empty if it is.
  [[nodiscard]] std::string refusal_of(const std::string& registry) const;
  /// Whether a registry may be asked with http if it speaks no TLS.
  [[nodiscard]] bool is_insecure(const std::string& registry) const;
  /// Whether it was named as one that speaks http.
  [[nodiscard]] bool is_plain(const std::string& registry) const;
  /// Which addresses may be met on a host that a registry leads to, the registry itself among them.
  [[nodiscard]] AddressRule addresses(const std::string& registry, const Url& target) const;

  /// Why a redirect of a registry is not followed; empty if it is.
  [[nodiscard]] std::string refusal_of_redirect(const std::string& registry, const Url& from,
                                                const Url& to) const;
  /// Why a realm is not asked for a token; empty if it is.
  [[nodiscard]] std::string refusal_of_realm(const std::string& registry, const Url& asked,
                                             const Url& realm) const;
  /// Whether a realm may see the credentials of a registry: it is its own host, one of the same registrable
  /// domain, or named by an option.
  [[nodiscard]] bool may_see_credentials(const std::string& registry, const Url& asked,
                                         const Url& realm) const;

 private:
  [[nodiscard]] bool is_trusted(const std::string& registry) const;
  [[nodiscard]] bool is_named_realm(const std::string& registry, const Url& realm) const;
  [[nodiscard]] std::string refusal_of_target(const std::string& registry, const Url& target) const;

  const RegistryAccess* access_;
};

/// Where a registry's API is: of `docker.io` another host.
[[nodiscard]] std::string api_host(const std::string& registry);

/// `example.co.uk` of `a.b.example.co.uk`, by the public suffix list; empty for addresses, public suffixes,
/// and domains under which each customer has a host.
[[nodiscard]] std::string registrable_domain(const std::string& host);

}  // namespace imglint
