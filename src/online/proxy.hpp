// The proxy that the environment names for a URL.
#pragma once

#include <string>

namespace imglint {

/// Empty if there is none: nothing is set, `no_proxy` names the host, or it is this machine.
[[nodiscard]] std::string proxy_for(const std::string& url);

/// The same, of the variables as given.
struct ProxyVariables {
  std::string http;   ///< http_proxy, in lower case alone
  std::string https;  ///< https_proxy or HTTPS_PROXY
  std::string all;    ///< all_proxy or ALL_PROXY
  std::string none;   ///< no_proxy or NO_PROXY
};
[[nodiscard]] std::string proxy_for(const std::string& url, const ProxyVariables& variables);

}  // namespace imglint
