// What pin, verify and mirror share: the options about asking registries, and the gate that decides which of
// them are asked at all. Files are untrusted: a pull request may name any host (docs/spec/online.md 5.7).
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/registries/resolver.hpp"
#include "cli/session.hpp"
#include "config/policy_cache.hpp"
#include "model/document.hpp"
#include "policy/registry_policy.hpp"
#include "registry/question.hpp"

namespace CLI {
class App;
}

namespace imglint {

struct RegistryOptions {
  std::vector<std::string> host_allow;
  std::vector<std::string> allow_realm;
  std::vector<std::string> plain_http;
  std::string ca;
  std::string authfile;
  std::string timeout = "60s";
  std::string connect_timeout = "10s";
  std::string credentials_host;  ///< whose `user:password` comes on standard input
  std::string resolver;
  bool verbose = false;
  std::string cache;          ///< a folder, `none`, or empty: the user's
  std::string max_age = "0";  ///< how old an answer may be
};

void add_registry_options(CLI::App& command, RegistryOptions& options);

/// What the options say, checked; the hosts are the gate's to fill in. Reads standard input if credentials
/// come there. `jobs`: requests at once to one host; 0: eight.
[[nodiscard]] Result<RegistryAccess> registry_access(const RegistryOptions& options, unsigned jobs,
                                                     const Session& session);
/// Of options that registry_access() has checked.
[[nodiscard]] ResolverSettings resolver_settings(const RegistryOptions& options);
/// The program of --resolver and its arguments; empty for the usual one.
[[nodiscard]] std::vector<std::string> resolver_words(const RegistryOptions& options);

/// Decides before anything is asked; what passes is told to the helper, which looks again.
class HostGate {
 public:
  /// Who knows the policy for a file.
  using PolicyOf = std::function<const Policy&(const std::string& path)>;

  HostGate(PolicyOf policy_of, const RegistryOptions& options)
      : policy_of_(std::move(policy_of)), options_(&options) {}
  HostGate(PolicyCache& policies, const RegistryOptions& options)
      : HostGate([&policies](
                     const std::string& path) -> const Policy& { return *policies.policy_for(path).policy; },
                 options) {}

  /// Why the registry of a use is not asked; empty if it is.
  [[nodiscard]] std::string refusal_of(const Document& document, const ImageUse& use,
                                       const std::string& registry);
  /// The same for a name of a plan, which whoever runs imglint gave.
  [[nodiscard]] std::string refusal_of(const std::string& registry);
  /// Puts the hosts that passed into the access.
  void complete(RegistryAccess& access) const;
  /// Whether some file's policy names no registries, so that its hosts are asked unasked.
  [[nodiscard]] bool met_no_policy() const { return met_no_policy_; }

 private:
  [[nodiscard]] std::string judge_kind(const std::string& registry, bool trusted);

  PolicyOf policy_of_;
  const RegistryOptions* options_;
  std::set<std::string> hosts_;
  std::set<std::string> trusted_;
  bool met_no_policy_ = false;
};

/// What is wrong with the words of the command line.
[[nodiscard]] inline Error usage_error(std::string message, std::string hint = {}) {
  return {.message = std::move(message), .hint = std::move(hint)};
}

}  // namespace imglint
