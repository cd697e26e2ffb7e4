#include "policy/channel_tag.hpp"

#include <algorithm>
#include <iterator>

#include "policy/tag_version.hpp"

namespace imglint {
namespace {

constexpr std::string_view channels[] = {"beta",    "canary",   "dev",    "edge", "lts",
                                         "main",    "mainline", "master", "next", "nightly",
                                         "rolling", "snapshot", "stable", "test", "unstable"};

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == text.npos; }

/// A part that names one build: a date, a commit, a whole version.
bool pins_a_build(std::string_view part) {
  const auto version = tag_version(part);
  if (version && (version->is_date() || version->parts.size() >= 3)) return true;
  return part.size() >= 7 && part.size() <= 40 && is_hex(part) &&
         part.find_first_of("0123456789") != part.npos;
}

}  // namespace

bool is_common_channel(std::string_view word) {
  return std::binary_search(std::begin(channels), std::end(channels), word);
}

bool is_channel_tag(std::string_view tag, const std::function<bool(std::string_view)>& is_channel) {
  if (is_channel(tag)) return true;
  const std::size_t dash = tag.find('-');
  if (dash == tag.npos || !is_channel(tag.substr(0, dash))) return false;
  for (std::size_t begin = dash + 1; begin <= tag.size();) {
    const std::size_t end = std::min(tag.find('-', begin), tag.size());
    if (pins_a_build(tag.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace imglint
