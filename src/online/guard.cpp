#include "online/guard.hpp"

#include <algorithm>
#include <iterator>
#include <libpsl.h>
#include <string_view>

#include "base/quote.hpp"
#include "base/word_list.hpp"
#include "registry/host.hpp"

namespace imglint {
namespace {

/// Domains that give each customer a host, and that the public suffix list does not have.
constexpr std::string_view shared_domains[] = {"azurecr.io", "azurecr.cn",   "azurecr.us",
                                               "jfrog.io",   "pkg.dev",      "cloudsmith.io",
                                               "ocir.io",    "aliyuncs.com", "amazonaws.com"};

std::string host_of_registry(const std::string& registry) {
  std::string host(host_without_port(api_host(registry)));
  for (char& c : host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return host;
}

std::string plain_host(const Url& url) { return std::string(host_without_port(url.host)); }

}  // namespace

std::string api_host(const std::string& registry) {
  return registry == "docker.io" ? "registry-1.docker.io" : registry;
}

std::string registrable_domain(const std::string& host) {
  if (address_kind(host) != HostKind::public_ || host.find(':') != std::string::npos) return {};
  const bool number = !host.empty() && host.back() >= '0' && host.back() <= '9';
  if (number) return {};
  const psl_ctx_t* list = psl_builtin();
  const char* domain = list ? psl_registrable_domain(list, host.c_str()) : nullptr;
  const bool shared = domain && std::find(std::begin(shared_domains), std::end(shared_domains),
                                          std::string_view(domain)) != std::end(shared_domains);
  return domain && !shared ? domain : "";
}

std::string Guard::refusal_of(const std::string& registry) const {
  if (!is_host(registry)) return "its host cannot be asked";
  if (!has_word(access_->hosts, registry)) return "its host is not among those that may be asked";
  if (is_trusted(registry)) return {};
  switch (host_kind(registry)) {
    case HostKind::private_:
      return "its host is a private address; name it with --host-allow";
    case HostKind::single_label:
      return "its host is a name without a dot; name it with --host-allow";
    case HostKind::loopback:
    case HostKind::public_:
      return {};
  }
  return {};
}

bool Guard::is_plain(const std::string& registry) const { return has_word(access_->plain_http, registry); }

bool Guard::is_insecure(const std::string& registry) const { return has_word(access_->insecure, registry); }

bool Guard::is_trusted(const std::string& registry) const { return has_word(access_->trusted, registry); }

bool Guard::is_named_realm(const std::string& registry, const Url& realm) const {
  const auto named = access_->realms.find(registry);
  if (named == access_->realms.end()) return false;
  return has_word(named->second, plain_host(realm)) || has_word(named->second, realm.host + ":" + realm.port);
}

AddressRule Guard::addresses(const std::string& registry, const Url& target) const {
  const std::string own = host_of_registry(registry);
  const std::string host = plain_host(target);
  const std::string domain = registrable_domain(own);
  const bool related = host == own || (!domain.empty() && registrable_domain(host) == domain);
  if (related && is_trusted(registry)) return AddressRule::any;
  if (is_named_realm(registry, target)) return AddressRule::any;
  const bool both_here =
      host_kind(own) == HostKind::loopback && host_kind(host) == HostKind::loopback && host == own;
  return both_here ? AddressRule::loopback_only : AddressRule::public_only;
}

std::string Guard::refusal_of_target(const std::string& registry, const Url& target) const {
  const std::string host = plain_host(target);
  const HostKind kind = host_kind(host);
  if (kind == HostKind::public_ || host == host_of_registry(registry)) return {};
  if (is_named_realm(registry, target)) return {};
  if (addresses(registry, target) == AddressRule::any) return {};
  return "the registry leads to " + quote(host) + ", which is no public host";
}

std::string Guard::refusal_of_redirect(const std::string& registry, const Url& from, const Url& to) const {
  if (!from.is_plain() && to.is_plain()) return "the registry leads from https to http";
  if (to.is_plain() && host_of_registry(registry) != plain_host(to))
    return "the registry leads to another host without TLS";
  return refusal_of_target(registry, to);
}

std::string Guard::refusal_of_realm(const std::string& registry, const Url& asked, const Url& realm) const {
  if (!asked.is_plain() && realm.is_plain()) return "the registry wants credentials sent without TLS";
  if (realm.is_plain() && host_of_registry(registry) != plain_host(realm) && !is_named_realm(registry, realm))
    return "the registry wants credentials sent to another host without TLS";
  return refusal_of_target(registry, realm);
}

bool Guard::may_see_credentials(const std::string& registry, const Url& asked, const Url& realm) const {
  if (realm.is_plain() && !asked.is_plain()) return false;
  const std::string own = host_of_registry(registry);
  const std::string host = plain_host(realm);
  if (host == own || is_named_realm(registry, realm)) return true;
  const std::string domain = registrable_domain(own);
  return !realm.is_plain() && !domain.empty() && registrable_domain(host) == domain;
}

}  // namespace imglint
