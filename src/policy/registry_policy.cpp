#include "policy/registry_policy.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/edit_distance.hpp"
#include "base/quote.hpp"

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

/// The narrowest entry that matches, and whether some entry may match for all that is known.
class Best {
 public:
  Best() = default;
  /// Only entries that spell their host exactly so count.
  explicit Best(std::string_view spelled_host) : spelled_host_(spelled_host) {}
  void weigh(const PatternList& list, const Subject& subject) {
    const auto weigh_entry = [&](const PatternList::Entry& entry) { return weigh(entry, subject); };
    // An entry that matches whatever follows is found with the others of its host.
    if (subject.repository == Knowledge::unknown)
      list.any_for_registry(subject.name.registry, weigh_entry);
    else
      list.any_for(subject.name, weigh_entry);
  }
  [[nodiscard]] bool unsure() const { return unsure_; }
  [[nodiscard]] const PatternList::Entry* entry() const { return entry_; }
  [[nodiscard]] const Specificity& specificity() const { return specificity_; }

 private:
  /// True if nothing else matters. Of entries that are as narrow the first counts, in whatever order they
  /// come.
  bool weigh(const PatternList::Entry& entry, const Subject& subject) {
    const std::string_view text = entry.text;
    if (!spelled_host_.empty() && text.substr(0, text.find('/')) != spelled_host_) return false;
    const Match result = match(entry.pattern, subject);
    if (result == Match::maybe) return unsure_ = true;
    if (result == Match::no) return false;
    const Specificity specificity = entry.pattern.specificity();
    if (entry_ &&
        (specificity < specificity_ || (specificity == specificity_ && entry.owner >= entry_->owner)))
      return false;
    entry_ = &entry;
    specificity_ = specificity;
    return false;
  }

  std::string_view spelled_host_;  ///< empty: however it is spelled
  const PatternList::Entry* entry_ = nullptr;
  Specificity specificity_;
  bool unsure_ = false;
};

}  // namespace

RegistryVerdict RegistryPolicy::judge(const Subject& subject) const {
  if (!has_allow_list() && !has_deny_list()) return {};
  if (subject.registry == Knowledge::unknown) return {Outcome::unknown};
  // The client takes another spelling of a host for another registry: an allow list has to have it so.
  Best allowed(subject.host_is_lower_case ? std::string_view() : subject.text(*subject.parts.registry));
  Best denied;
  allowed.weigh(policy_->allowed, subject);
  if (more_allowed_) allowed.weigh(*more_allowed_, subject);
  denied.weigh(policy_->denied, subject);
  if (allowed.unsure() || denied.unsure()) return {Outcome::unknown};
  const bool is_listed = allowed.entry() || !has_allow_list();
  if (denied.entry() && (!allowed.entry() || denied.specificity() >= allowed.specificity()))
    return {Outcome::denied, &policy_->deny[denied.entry()->owner], is_listed};
  return {is_listed ? Outcome::allowed : Outcome::not_listed, nullptr, is_listed};
}

RegistryVerdict RegistryPolicy::judge(const ImageName& name) const {
  Subject subject;
  subject.name = name;
  subject.registry = subject.repository = subject.tag = subject.digest = Knowledge::known;
  return judge(subject);
}

bool RegistryPolicy::allows_registry(std::string_view registry) const {
  return policy_->allowed.matches_registry(registry) ||
         (more_allowed_ && more_allowed_->matches_registry(registry));
}

namespace {

/// Numbers of entries worth comparing with a name, letter by letter: all of a short list, else those of its
/// host, of the hosts next to it in the alphabet, and of any host.
std::vector<std::uint32_t> near(const PatternList& list, const std::string& registry) {
  constexpr std::size_t most = 50, most_of_another = 5;
  constexpr int neighbours = 3;
  std::vector<std::uint32_t> numbers;
  const auto take = [&](const std::vector<std::uint32_t>& more, std::size_t limit) {
    numbers.insert(numbers.end(), more.begin(),
                   more.begin() + static_cast<std::ptrdiff_t>(std::min(more.size(), limit)));
  };
  if (list.entries().size() <= most) {
    numbers.resize(list.entries().size());
    std::iota(numbers.begin(), numbers.end(), std::uint32_t{0});
    return numbers;
  }
  const auto& by_host = list.by_host();
  const auto here = by_host.lower_bound(registry);
  auto before = here, after = here;
  for (int step = 0; step < neighbours && before != by_host.begin(); ++step)
    take((--before)->second, most_of_another);
  for (int step = 0; step <= neighbours && after != by_host.end(); ++step, ++after)
    take(after->second, after->first == registry ? most : most_of_another);
  take(list.with_wild_host(), most_of_another);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace

std::vector<std::string> RegistryPolicy::closest_allowed(const ImageName& name) const {
  const std::string text = name.registry + "/" + name.repository;
  std::vector<std::pair<std::size_t, std::string>> ranked;
  const auto rank = [&](const PatternList& list) {
    for (const std::uint32_t number : near(list, name.registry)) {
      const std::string& entry = list.entries()[number].text;
      ranked.emplace_back(edit_distance(text, entry), entry);
    }
  };
  rank(policy_->allowed);
  if (more_allowed_) rank(*more_allowed_);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> closest;
  for (const auto& [distance, pattern] : ranked) {
    if (closest.size() == 3) break;
    closest.push_back(pattern);
  }
  return closest;
}

namespace {

bool is_approved(const PatternList& allow, const ImageName& name) {
  return allow.any_for(name, [&](const PatternList::Entry& entry) { return entry.pattern.matches(name); });
}

}  // namespace

std::string why_refused(const Policy& policy, const ImageName& before, const ImageName& after,
                        bool knows_suffix) {
  const std::string name = quote(after.registry + '/' + after.repository);
  const RuleSettings* not_allowed = policy.settings_if_on("registry-not-allowed");
  const RegistryPolicy registries =
      not_allowed ? RegistryPolicy(policy, not_allowed->patterns("allow")) : RegistryPolicy(policy);
  const RegistryVerdict verdict = registries.judge(after);
  if (verdict.outcome == Outcome::denied && policy.settings_if_on("registry-denied"))
    return name + " is denied by " + quote(verdict.entry->pattern);
  if (verdict.outcome == Outcome::not_listed && not_allowed) return name + " is not among 'registries.allow'";
  const RuleSettings* images = policy.settings_if_on("image-not-allowed");
  if (!images || !knows_suffix || images->patterns("allow").empty()) return {};
  if (is_approved(images->patterns("allow"), after) || !is_approved(images->patterns("allow"), before))
    return {};
  return name + " is not among the approved images";
}

}  // namespace imglint
