#include "retarget/guess.hpp"

#include <algorithm>
#include <vector>

#include "base/edit_distance.hpp"
#include "policy/facts/registries.hpp"
#include "policy/subject.hpp"

namespace imglint {
namespace {

/// The word that was given, of a pattern that was taken for the name of an official image, or by a slash
/// behind it for a host.
std::string_view lone_word(const NamePattern& pattern) {
  constexpr std::string_view official = "docker.io/library/";
  if (pattern.kind == NamePattern::Kind::prefix && pattern.name != "localhost" &&
      pattern.name.find_first_of("/.:[") == std::string::npos)
    return pattern.name;
  const bool is_one = pattern.kind == NamePattern::Kind::prefix && pattern.name.starts_with(official) &&
                      pattern.name.find('/', official.size()) == std::string::npos;
  return is_one ? std::string_view(pattern.name).substr(official.size()) : std::string_view();
}

}  // namespace

bool is_alone_on_docker_hub(const NamePattern& pattern) {
  return pattern.kind == NamePattern::Kind::prefix && host_of(pattern.name) == "docker.io" &&
         depth_of(path_of(pattern.name)) == 1;
}

namespace {

std::string ask(const std::string& name) { return "; did you mean " + name + "?"; }

/// The name of a pattern with the host that images are on in place of one that is nearly the same, and that
/// nobody knows; empty if there is none.
std::string with_near_host(const NamePattern& pattern, std::span<const std::string> names) {
  const std::string_view host = host_of(pattern.name);
  if (pattern.kind == NamePattern::Kind::wildcard || find_registry(host)) return {};
  std::vector<std::string> hosts;
  for (const std::string& name : names) hosts.emplace_back(host_of(name));
  const auto nearest = nearest_word(host, hosts);
  return nearest && *nearest != host ? *nearest + pattern.name.substr(host.size()) : std::string();
}

}  // namespace

std::string name_that_fits(const NamePattern& pattern, std::span<const std::string> names) {
  if (is_alone_on_docker_hub(pattern)) {
    const std::string official = "docker.io/library/" + std::string(path_of(pattern.name));
    return std::find(names.begin(), names.end(), official) == names.end() ? std::string() : ask(official);
  }
  const std::string_view word = lone_word(pattern);
  const std::string account = "docker.io/" + std::string(word);
  const bool fits = !word.empty() && std::ranges::any_of(names, [&](const std::string& name) {
    return is_under(name, account);
  });
  return fits ? ask(account) : std::string();
}

std::string did_you_mean(const NamePattern& pattern, std::span<const std::string> names) {
  const std::string_view word = lone_word(pattern);
  if (std::string fitting = name_that_fits(pattern, names); !fitting.empty()) return fitting;
  if (word.empty()) {
    const std::string near = with_near_host(pattern, names);
    return near.empty() ? near : ask(near);
  }
  std::vector<std::string> hosts;
  for (const RegistryFact& known : known_registries())
    if (known.host.find('*') == std::string_view::npos) hosts.emplace_back(known.host);
  for (const std::string& name : names) hosts.emplace_back(host_of(name));
  const auto nearest = nearest_word(word, hosts);
  return nearest ? ask(*nearest) : std::string();
}

}  // namespace imglint
