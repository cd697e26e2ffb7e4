#include "cli/registries.hpp"

#include <algorithm>
#include <charconv>

#include <CLI/CLI.hpp>

#include "base/quote.hpp"
#include "policy/pattern.hpp"
#include "policy/subject.hpp"
#include "registry/host.hpp"

namespace imglint {
namespace {

/// `60`, `60s` or `2m` in seconds.
std::optional<unsigned> seconds_of(std::string_view text) {
  unsigned unit = 1;
  if (text.ends_with('s')) {
    text.remove_suffix(1);
  } else if (text.ends_with('m')) {
    text.remove_suffix(1);
    unit = 60;
  }
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0 || value > 3600)
    return std::nullopt;
  return value * unit;
}

Error usage(std::string message, std::string hint = {}) {
  return {.message = std::move(message), .hint = std::move(hint)};
}

Result<std::vector<std::string>> hosts_of(const std::vector<std::string>& words, std::string_view option) {
  std::vector<std::string> hosts;
  for (const std::string& word : words) {
    if (!is_host(word))
      return usage(std::string(option) + " wants a host, not " + quote(word),
                   "a host stands without scheme and path: registry.example.com:5000");
    hosts.push_back(registry_key(word));
  }
  return hosts;
}

CLI::Option* repeated(CLI::App& command, const std::string& name, std::vector<std::string>& words,
                      const std::string& help, const std::string& type) {
  return command.add_option(name, words, help)->type_name(type);
}

/// `REGISTRY=HOST` of --allow-realm.
Result<std::map<std::string, std::vector<std::string>>> realms_of(const std::vector<std::string>& words) {
  std::map<std::string, std::vector<std::string>> realms;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || !is_host(word.substr(0, equals)) || !is_host(word.substr(equals + 1)))
      return usage("--allow-realm wants REGISTRY=HOST, not " + quote(word));
    realms[registry_key(word.substr(0, equals))].push_back(word.substr(equals + 1));
  }
  return realms;
}

}  // namespace

void add_registry_options(CLI::App& command, RegistryOptions& options) {
  const char* const group = "Asking registries";
  repeated(command, "--host-allow", options.host_allow,
           "This registry may be asked, whatever the policy says", "HOST")
      ->group(group);
  repeated(command, "--allow-realm", options.allow_realm,
           "A registry's credentials may go to this host for a token", "REGISTRY=HOST")
      ->group(group);
  repeated(command, "--plain-http", options.plain_http, "This registry speaks http", "HOST")->group(group);
  command.add_option("--ca", options.ca, "Further certificates to trust, PEM")
      ->type_name("FILE")
      ->group(group);
  command.add_option("--authfile", options.authfile, "The one file of credentials")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--creds-stdin", options.credentials_host,
                  "Read user:password for this registry from standard input")
      ->type_name("HOST")
      ->group(group);
  command.add_option("--timeout", options.timeout, "Longest time for one question (default: 60s)")
      ->type_name("TIME")
      ->group(group);
  command.add_option("--connect-timeout", options.connect_timeout, "Longest time to connect (default: 10s)")
      ->type_name("TIME")
      ->group(group);
  command
      .add_option("--resolver", options.resolver,
                  "Ask this program in place of imglint-online (docs/pinning.md)")
      ->type_name("COMMAND")
      ->group(group);
}

Result<RegistryAccess> registry_access(const RegistryOptions& options, unsigned jobs,
                                       const Session& session) {
  RegistryAccess access;
  if (jobs != 0) access.jobs = std::min(jobs, 32u);
  const auto timeout = seconds_of(options.timeout);
  if (!timeout) return usage("--timeout wants a time like 60s or 2m, not " + quote(options.timeout));
  const auto connect = seconds_of(options.connect_timeout);
  if (!connect)
    return usage("--connect-timeout wants a time like 10s, not " + quote(options.connect_timeout));
  access.timeout = *timeout;
  access.connect_timeout = *connect;
  auto plain = hosts_of(options.plain_http, "--plain-http");
  if (!plain) return plain.error();
  access.plain_http = *std::move(plain);
  if (auto named = hosts_of(options.host_allow, "--host-allow"); !named) return named.error();
  auto realms = realms_of(options.allow_realm);
  if (!realms) return realms.error();
  access.realms = *std::move(realms);
  access.ca = options.ca;
  access.authfile = options.authfile;
  if (options.credentials_host.empty()) return access;
  if (!is_host(options.credentials_host))
    return usage("--creds-stdin wants a host, not " + quote(options.credentials_host));
  auto text = session.read_input(1u << 16);
  if (!text) return text.error();
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  if (text->find(':') == std::string::npos) return usage("--creds-stdin: standard input is no user:password");
  access.credentials[registry_key(options.credentials_host)] = *std::move(text);
  return access;
}

std::vector<std::string> resolver_words(const RegistryOptions& options) {
  std::vector<std::string> words;
  std::string_view rest = options.resolver;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (!word.empty()) words.emplace_back(word);
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return words;
}

std::string HostGate::judge_kind(const std::string& registry, bool trusted) {
  if (!is_host(registry)) return quote(registry) + " is no host that can be asked";
  if (!trusted && host_kind(registry) == HostKind::private_)
    return registry + " is a private address; if it is to be asked: --host-allow " + registry;
  if (!trusted && host_kind(registry) == HostKind::single_label)
    return registry + " is a name without a dot; if it is to be asked: --host-allow " + registry;
  hosts_.insert(registry);
  if (trusted) trusted_.insert(registry);
  return {};
}

std::string HostGate::refusal_of(const std::string& registry) {
  const auto named = hosts_of(options_->host_allow, "--host-allow");
  const bool trusted =
      named && std::find(named->begin(), named->end(), registry_key(registry)) != named->end();
  return judge_kind(registry, trusted);
}

std::string HostGate::refusal_of(const Document& document, const ImageUse& use, const std::string& registry) {
  const auto named = hosts_of(options_->host_allow, "--host-allow");
  if (named && std::find(named->begin(), named->end(), registry_key(registry)) != named->end())
    return judge_kind(registry, true);
  const Policy& policy = *policies_->policy_for(document.source->path()).policy;
  const RegistryPolicy registries(policy);
  if (!registries.has_allow_list()) met_no_policy_ = true;
  if (!registries.has_allow_list() && !registries.has_deny_list()) return judge_kind(registry, false);
  const RegistryVerdict verdict = registries.judge(evaluate(document, use));
  if (verdict.outcome == RegistryVerdict::Outcome::denied) return "the policy denies " + registry;
  if (verdict.outcome != RegistryVerdict::Outcome::allowed) return "the policy does not allow " + registry;
  // Named there, it is known to the team; a pattern for any host names none.
  const auto& allowed = policy.allowed.entries();
  const bool is_named = std::any_of(allowed.begin(), allowed.end(), [&](const PatternList::Entry& entry) {
    return entry.pattern.host() == registry_key(registry);
  });
  return judge_kind(registry, is_named);
}

void HostGate::complete(RegistryAccess& access) const {
  access.hosts.assign(hosts_.begin(), hosts_.end());
  access.trusted.assign(trusted_.begin(), trusted_.end());
}

}  // namespace imglint
