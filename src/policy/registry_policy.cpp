#include "policy/registry_policy.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/edit_distance.hpp"

namespace imglint {
namespace {

using Outcome = RegistryVerdict::Outcome;

enum class Match { no, yes, maybe };

/// Whether every name that begins with the known part matches: the pattern is literal text and a final `**`.
bool matches_whatever_follows(const Pattern& pattern, std::string_view known) {
  const std::string_view path = pattern.path();
  if (!path.ends_with("**")) return false;
  const std::string_view literal = path.substr(0, path.size() - 2);
  return literal.find('*') == literal.npos && known.starts_with(literal);
}

Match match(const Pattern& pattern, const Subject& subject) {
  if (!pattern.matches_registry(subject.name.registry)) return Match::no;
  if (pattern.has_suffix()) {
    if (subject.repository != Knowledge::unknown && !pattern.matches_repository(subject.name))
      return Match::no;
    if (subject.repository == Knowledge::unknown || subject.tag == Knowledge::unknown ||
        subject.digest == Knowledge::unknown)
      return Match::maybe;
    return pattern.matches(subject.name) ? Match::yes : Match::no;
  }
  if (subject.repository != Knowledge::unknown)
    return pattern.matches_repository(subject.name) ? Match::yes : Match::no;
  return matches_whatever_follows(pattern, subject.known_repository) ? Match::yes : Match::maybe;
}

}  // namespace

void RegistryPolicy::Entries::index() {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string& host = all[i].pattern.host();
    if (host.find('*') == host.npos)
      by_host[host].push_back(i);
    else
      by_pattern.push_back(i);
  }
}

template <class Call>
bool RegistryPolicy::Entries::any_for(std::string_view registry, const Call& call) const {
  const auto any_of = [&](const std::vector<std::size_t>& numbers) {
    return std::any_of(numbers.begin(), numbers.end(), [&](std::size_t number) { return call(all[number]); });
  };
  const auto named = by_host.find(registry);
  return (named != by_host.end() && any_of(named->second)) || any_of(by_pattern);
}

void RegistryPolicy::add(Entries& entries, const std::string& text, const DenyEntry* deny) {
  if (Result<Pattern> pattern = Pattern::parse(text))
    entries.all.push_back({*std::move(pattern), text, deny});
}

RegistryPolicy::RegistryPolicy(const Policy& policy, const std::vector<std::string>& more_allowed) {
  for (const std::string& text : policy.allow) add(allow_, text, nullptr);
  for (const std::string& text : more_allowed) add(allow_, text, nullptr);
  for (const DenyEntry& entry : policy.deny) add(deny_, entry.pattern, &entry);
  allow_.index();  // when no entry moves any more
  deny_.index();
}

RegistryVerdict RegistryPolicy::judge(const Subject& subject) const {
  if (allow_.all.empty() && deny_.all.empty()) return {};
  if (subject.registry == Knowledge::unknown) return {Outcome::unknown};
  const Entry* allowed = nullptr;
  const Entry* denied = nullptr;
  bool unsure = false;
  const auto weigh = [&](const Entries& entries, const Entry*& best) {
    entries.any_for(subject.name.registry, [&](const Entry& entry) {
      const Match result = match(entry.pattern, subject);
      if (result == Match::maybe) unsure = true;
      if (result == Match::yes && (!best || entry.pattern.specificity() > best->pattern.specificity()))
        best = &entry;
      return false;
    });
  };
  // The client takes another spelling of a host for another registry: an allow list wants it as it is known.
  if (subject.host_is_lower_case) weigh(allow_, allowed);
  weigh(deny_, denied);
  if (unsure) return {Outcome::unknown};
  if (denied && (!allowed || denied->pattern.specificity() >= allowed->pattern.specificity()))
    return {Outcome::denied, denied->deny};
  return {allowed || allow_.all.empty() ? Outcome::allowed : Outcome::not_listed};
}

bool RegistryPolicy::allows_registry(std::string_view registry) const {
  return allow_.any_for(registry,
                        [&](const Entry& entry) { return entry.pattern.matches_registry(registry); });
}

/// Entries worth comparing with a name, letter by letter: all of a short list, else those of its host, of the
/// hosts next to it in the alphabet, and of any host.
std::vector<std::size_t> RegistryPolicy::Entries::near(const std::string& registry) const {
  constexpr std::size_t most = 50, most_of_another = 5;
  constexpr int neighbours = 3;
  std::vector<std::size_t> numbers;
  const auto take = [&](const std::vector<std::size_t>& more, std::size_t limit) {
    numbers.insert(numbers.end(), more.begin(),
                   more.begin() + static_cast<std::ptrdiff_t>(std::min(more.size(), limit)));
  };
  if (all.size() <= most) {
    numbers.resize(all.size());
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    return numbers;
  }
  const auto here = by_host.lower_bound(registry);
  auto before = here, after = here;
  for (int step = 0; step < neighbours && before != by_host.begin(); ++step)
    take((--before)->second, most_of_another);
  for (int step = 0; step <= neighbours && after != by_host.end(); ++step, ++after)
    take(after->second, after->first == registry ? most : most_of_another);
  take(by_pattern, most_of_another);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::vector<std::string> RegistryPolicy::closest_allowed(const ImageName& name) const {
  const std::string text = name.registry + "/" + name.repository;
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::size_t number : allow_.near(name.registry))
    ranked.emplace_back(edit_distance(text, allow_.all[number].text), allow_.all[number].text);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> closest;
  for (const auto& [distance, pattern] : ranked) {
    if (closest.size() == 3) break;
    closest.push_back(pattern);
  }
  return closest;
}

}  // namespace imglint
