#include "registry/version_tag.hpp"

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"

namespace imglint {
namespace {

constexpr std::size_t most_numbers = 4;
/// From here on a number is a date or a count of builds, which is no version beside `3`.
constexpr std::size_t date_digits = 6;

/// Whether two numbers of the same place can be compared: `20240101` is no newer `7`.
bool are_alike(std::size_t digits, std::size_t others) {
  return digits == others || (digits < date_digits && others < date_digits);
}

}  // namespace

std::optional<VersionTag> read_version(std::string_view tag) {
  VersionTag version;
  const auto first = std::find_if(tag.begin(), tag.end(), is_digit);
  version.prefix.assign(tag.begin(), first);
  tag.remove_prefix(version.prefix.size());
  while (!tag.empty() && is_digit(tag.front())) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), number);
    if (error != std::errc{} || version.numbers.size() == most_numbers) return std::nullopt;
    const auto size = static_cast<std::size_t>(end - tag.data());
    version.numbers.push_back(number);
    version.digits.push_back(size);
    tag.remove_prefix(size);
    const bool goes_on = tag.size() >= 2 && tag.front() == '.' && is_digit(tag[1]);
    if (!goes_on) break;
    tag.remove_prefix(1);
  }
  if (version.numbers.empty()) return std::nullopt;
  // A letter behind the digits makes them a word: `3a5f` is a commit.
  if (!tag.empty() && tag.front() != '-' && tag.front() != '_' && tag.front() != '.') return std::nullopt;
  version.suffix = tag;
  return version;
}

std::string_view to_string(VersionStep step) {
  switch (step) {
    case VersionStep::patch:
      return "patch";
    case VersionStep::minor:
      return "minor";
    case VersionStep::major:
      return "major";
  }
  return {};
}

std::optional<VersionStep> step_between(const VersionTag& from, const VersionTag& to) {
  if (from.prefix != to.prefix || from.suffix != to.suffix || from.numbers.size() != to.numbers.size())
    return std::nullopt;
  for (std::size_t i = 0; i < from.numbers.size(); ++i) {
    if (!are_alike(from.digits[i], to.digits[i])) return std::nullopt;
    if (from.numbers[i] == to.numbers[i]) continue;
    if (to.numbers[i] < from.numbers[i]) return std::nullopt;
    return i == 0 ? VersionStep::major : i == 1 ? VersionStep::minor : VersionStep::patch;
  }
  return std::nullopt;
}

std::map<VersionStep, std::string> newer_tags(std::string_view tag, const std::vector<std::string>& tags) {
  std::map<VersionStep, std::string> newest;
  const auto from = read_version(tag);
  if (!from) return newest;
  std::map<VersionStep, VersionTag> known;
  for (const std::string& candidate : tags) {
    const auto version = read_version(candidate);
    const auto step = version ? step_between(*from, *version) : std::nullopt;
    if (!step) continue;
    const auto [place, fresh] = known.try_emplace(*step, *version);
    if (!fresh && !step_between(place->second, *version)) continue;
    place->second = *version;
    newest[*step] = candidate;
  }
  return newest;
}

}  // namespace imglint
