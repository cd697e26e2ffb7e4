#include "policy/registry_policy.hpp"

#include <algorithm>
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

RegistryPolicy::RegistryPolicy(const Policy& policy, const std::vector<std::string>& more_allowed) {
  const auto add = [](std::vector<Entry>& entries, const std::string& text, const DenyEntry* deny) {
    if (Result<Pattern> pattern = Pattern::parse(text)) entries.push_back({*std::move(pattern), text, deny});
  };
  for (const std::string& text : policy.allow) add(allow_, text, nullptr);
  for (const std::string& text : more_allowed) add(allow_, text, nullptr);
  for (const DenyEntry& entry : policy.deny) add(deny_, entry.pattern, &entry);
}

RegistryVerdict RegistryPolicy::judge(const Subject& subject) const {
  if (allow_.empty() && deny_.empty()) return {};
  if (subject.registry == Knowledge::unknown) return {Outcome::unknown};
  const Entry* allowed = nullptr;
  const Entry* denied = nullptr;
  bool unsure = false;
  const auto weigh = [&](const Entry& entry, const Entry*& best) {
    const Match result = match(entry.pattern, subject);
    if (result == Match::maybe) unsure = true;
    if (result == Match::yes && (!best || entry.pattern.specificity() > best->pattern.specificity()))
      best = &entry;
  };
  // The client takes another spelling of a host for another registry: an allow list wants it as it is known.
  if (subject.host_is_lower_case)
    for (const Entry& entry : allow_) weigh(entry, allowed);
  for (const Entry& entry : deny_) weigh(entry, denied);
  if (unsure) return {Outcome::unknown};
  if (denied && (!allowed || denied->pattern.specificity() >= allowed->pattern.specificity()))
    return {Outcome::denied, denied->deny};
  return {allowed || allow_.empty() ? Outcome::allowed : Outcome::not_listed};
}

bool RegistryPolicy::allows_registry(std::string_view registry) const {
  return std::any_of(allow_.begin(), allow_.end(),
                     [&](const Entry& entry) { return entry.pattern.matches_registry(registry); });
}

std::vector<std::string> RegistryPolicy::closest_allowed(const ImageName& name) const {
  const std::string text = name.registry + "/" + name.repository;
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const Entry& entry : allow_) ranked.emplace_back(edit_distance(text, entry.text), entry.text);
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
