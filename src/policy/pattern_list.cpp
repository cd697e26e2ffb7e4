#include "policy/pattern_list.hpp"

#include <algorithm>

namespace imglint {
namespace {

std::string_view up_to_star(std::string_view pattern) { return pattern.substr(0, pattern.find('*')); }

std::string reversed_behind_star(std::string_view pattern) {
  const std::string_view end = pattern.substr(pattern.rfind('*') + 1);
  return {end.rbegin(), end.rend()};
}

}  // namespace

void PrefixTable::add(std::string key, std::uint32_t number) { rows_.push_back({std::move(key), {number}}); }

void PrefixTable::finish() {
  std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.key < b.key; });
  std::vector<Row> merged;
  for (Row& row : rows_)
    if (!merged.empty() && merged.back().key == row.key)
      merged.back().numbers.push_back(row.numbers.front());
    else
      merged.push_back(std::move(row));
  rows_ = std::move(merged);
  for (std::uint32_t at = 1; at < rows_.size(); ++at) {
    std::uint32_t shorter = at - 1;
    while (shorter != none && !rows_[at].key.starts_with(rows_[shorter].key))
      shorter = rows_[shorter].shorter;
    rows_[at].shorter = shorter;
  }
}

std::uint32_t PrefixTable::last_not_behind(std::string_view text) const {
  const auto behind = std::upper_bound(rows_.begin(), rows_.end(), text,
                                       [](std::string_view t, const Row& row) { return t < row.key; });
  return behind == rows_.begin() ? none : static_cast<std::uint32_t>(behind - rows_.begin() - 1);
}

PatternList::PatternList(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) add(text);
  finish();
}

void PatternList::add(const std::string& text, std::uint32_t owner) {
  Result<Pattern> parsed = Pattern::parse(text);
  if (!parsed) return;
  const auto number = static_cast<std::uint32_t>(entries_.size());
  const Pattern& pattern = *parsed;
  if (pattern.host() == "**") {
    by_end_.add(reversed_behind_star(pattern.path()), number);
    wild_hosts_.push_back(number);
    any_hosts_.push_back(number);
  } else if (pattern.host().find('*') != std::string::npos) {
    by_end_of_host_.add(reversed_behind_star(pattern.host()), number);
    wild_hosts_.push_back(number);
  } else {
    by_begin_.add(pattern.host() + "/" + std::string(up_to_star(pattern.path())), number);
    by_host_[pattern.host()].push_back(number);
  }
  entries_.push_back({*std::move(parsed), text, owner});
}

void PatternList::finish() {
  by_begin_.finish();
  by_end_of_host_.finish();
  by_end_.finish();
}

bool PatternList::matches_any(const ImageName& name) const {
  return any_for(name, [&](const Entry& entry) { return entry.pattern.matches(name); });
}

bool PatternList::matches_registry(std::string_view registry) const {
  return any_for_registry(registry,
                          [&](const Entry& entry) { return entry.pattern.matches_registry(registry); });
}

std::vector<std::uint32_t> PatternList::owners_of_matches(const ImageName& name) const {
  std::vector<std::uint32_t> owners;
  any_for(name, [&](const Entry& entry) {
    if (entry.pattern.matches(name)) owners.push_back(entry.owner);
    return false;
  });
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  return owners;
}

}  // namespace imglint
