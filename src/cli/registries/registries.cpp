#include "cli/registries/registries.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <CLI/CLI.hpp>

#include "base/quote.hpp"
#include "move/map_file.hpp"
#include "policy/pattern.hpp"
#include "policy/subject.hpp"
#include "registry/host.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

constexpr std::uint64_t most_file_bytes = 16u << 20;

/// `60`, `60s`, `2m`, `1h` or `3d` in seconds.
std::optional<unsigned> seconds_of(std::string_view text) {
  unsigned unit = 1;
  for (const auto& [letter, seconds] : {std::pair('s', 1u), {'m', 60u}, {'h', 3600u}, {'d', 86400u}})
    if (text.ends_with(letter)) {
      text.remove_suffix(1);
      unit = seconds;
      break;
    }
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > 3600) return std::nullopt;
  return value * unit;
}

/// A time that is one, and not longer than a day.
std::optional<unsigned> patience_of(std::string_view text) {
  const auto seconds = seconds_of(text);
  return seconds && *seconds > 0 && *seconds <= 86400 ? seconds : std::nullopt;
}

Result<std::vector<std::string>> hosts_of(const std::vector<std::string>& words, std::string_view option) {
  std::vector<std::string> hosts;
  for (const std::string& word : words) {
    if (!is_host(word))
      return usage_error(std::string(option) + " wants a host, not " + quote(word),
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
      return usage_error("--allow-realm wants REGISTRY=HOST, not " + quote(word));
    realms[registry_key(word.substr(0, equals))].push_back(word.substr(equals + 1));
  }
  return realms;
}

/// A file that an option names and nobody can read: the registry would only say that it does not know us.
std::optional<Error> unreadable(const std::string& path, std::string_view option, const Session& session) {
  if (path.empty()) return std::nullopt;
  const auto content = read_file(session.files, path, most_file_bytes);
  if (content) return std::nullopt;
  Error error = content.error();
  error.message = std::string(option) + ": " + error.message;
  return error;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// Hosts that the registries.conf of this machine calls insecure; its user's, or else its own.
std::vector<std::string> insecure_hosts(const Session& session) {
  std::vector<std::string> places;
  if (std::string one = variable("CONTAINERS_REGISTRIES_CONF"); !one.empty())
    places.push_back(std::move(one));
  if (const std::string home = variable("HOME"); !home.empty())
    places.push_back(home + "/.config/containers/registries.conf");
  places.emplace_back("/etc/containers/registries.conf");
  for (const std::string& place : places) {
    const auto content = read_file(session.files, place, most_file_bytes);
    if (!content) continue;
    std::vector<std::string> hosts;
    for (const std::string& host : insecure_registries(content->bytes))
      if (is_host(host)) hosts.push_back(registry_key(host));
    return hosts;
  }
  return {};
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
  command
      .add_flag("-v,--verbose", options.verbose,
                "Say of each registry what it was asked and how much more it answers")
      ->group(group);
  command.add_option("--timeout", options.timeout, "Longest time for one question (default: 60s)")
      ->type_name("TIME")
      ->group(group);
  command.add_option("--connect-timeout", options.connect_timeout, "Longest time to connect (default: 10s)")
      ->type_name("TIME")
      ->group(group);
  command
      .add_option("--max-age", options.max_age,
                  "Answers not older than this count, too (default: " + options.max_age + ")")
      ->type_name("TIME")
      ->group(group);
  command.add_option("--cache", options.cache, "Where answers are kept for that: a folder, or none")
      ->type_name("DIR|none")
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
  const auto timeout = patience_of(options.timeout);
  if (!timeout) return usage_error("--timeout wants a time like 60s or 2m, not " + quote(options.timeout));
  const auto connect = patience_of(options.connect_timeout);
  if (!connect)
    return usage_error("--connect-timeout wants a time like 10s, not " + quote(options.connect_timeout));
  if (!seconds_of(options.max_age))
    return usage_error("--max-age wants a time like 1h, or 0, not " + quote(options.max_age));
  access.timeout = *timeout;
  access.connect_timeout = *connect;
  auto plain = hosts_of(options.plain_http, "--plain-http");
  if (!plain) return plain.error();
  access.plain_http = *std::move(plain);
  if (auto named = hosts_of(options.host_allow, "--host-allow"); !named) return named.error();
  auto realms = realms_of(options.allow_realm);
  if (!realms) return realms.error();
  access.realms = *std::move(realms);
  for (const auto& [path, option] :
       {std::pair(&options.ca, "--ca"), std::pair(&options.authfile, "--authfile")})
    if (const auto error = unreadable(*path, option, session)) return *error;
  access.ca = options.ca;
  access.authfile = options.authfile;
  access.insecure = insecure_hosts(session);
  if (options.credentials_host.empty()) return access;
  if (!is_host(options.credentials_host))
    return usage_error("--creds-stdin wants a host, not " + quote(options.credentials_host));
  auto text = session.read_input(1u << 16);
  if (!text) return text.error();
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  if (text->find(':') == std::string::npos)
    return usage_error("--creds-stdin: standard input is no user:password");
  access.credentials[registry_key(options.credentials_host)] = *std::move(text);
  return access;
}

ResolverSettings resolver_settings(const RegistryOptions& options) {
  ResolverSettings settings{.verbose = options.verbose, .cache = {}};
  settings.cache.longest = seconds_of(options.max_age).value_or(0);
  settings.cache.folder = options.cache;
  if (options.cache == "none") settings.cache.folder.clear();
  if (!options.cache.empty()) return settings;
  if (const std::string caches = variable("XDG_CACHE_HOME"); caches.starts_with('/'))
    settings.cache.folder = caches + "/imglint";
  else if (const std::string home = variable("HOME"); !home.empty())
    settings.cache.folder = home + "/.cache/imglint";
  return settings;
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
  const Policy& policy = policy_of_(document.source->path());
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
