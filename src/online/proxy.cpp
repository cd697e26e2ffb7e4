#include "online/proxy.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "online/url.hpp"
#include "registry/host.hpp"

namespace imglint {
namespace {

std::string variable(const char* lower_case, const char* upper_case) {
  if (const char* value = std::getenv(lower_case)) return value;
  const char* value = upper_case ? std::getenv(upper_case) : nullptr;
  return value ? value : "";
}

/// `*`, `host`, `.domain`, `domain` with all names below it.
bool is_excepted(std::string_view host, std::string_view list) {
  while (!list.empty()) {
    std::string_view entry = list.substr(0, std::min(list.find(','), list.size()));
    list.remove_prefix(std::min(entry.size() + 1, list.size()));
    while (!entry.empty() && entry.front() == ' ') entry.remove_prefix(1);
    while (!entry.empty() && entry.back() == ' ') entry.remove_suffix(1);
    if (entry == "*") return true;
    entry = host_without_port(entry);
    if (entry.starts_with('.')) entry.remove_prefix(1);
    if (entry.empty()) continue;
    if (host == entry) return true;
    if (host.size() > entry.size() && host.ends_with(entry) && host[host.size() - entry.size() - 1] == '.')
      return true;
  }
  return false;
}

}  // namespace

std::string proxy_for(const std::string& url, const ProxyVariables& variables) {
  const auto parts = read_url(url);
  if (!parts || host_kind(parts->host) == HostKind::loopback) return {};
  if (is_excepted(host_without_port(parts->host), variables.none)) return {};
  const std::string& own = parts->is_plain() ? variables.http : variables.https;
  return own.empty() ? variables.all : own;
}

std::string proxy_for(const std::string& url) {
  return proxy_for(url, {.http = variable("http_proxy", nullptr),
                         .https = variable("https_proxy", "HTTPS_PROXY"),
                         .all = variable("all_proxy", "ALL_PROXY"),
                         .none = variable("no_proxy", "NO_PROXY")});
}

}  // namespace imglint
