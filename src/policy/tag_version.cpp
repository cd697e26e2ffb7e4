#include "policy/tag_version.hpp"

#include <charconv>

#include "base/ascii.hpp"

namespace imglint {
namespace {

/// A commit: seven hexadecimal digits or more, letters among them, to the end or to a dash.
bool is_hash(std::string_view tag) {
  const std::string_view word = tag.substr(0, tag.find('-'));
  return word.size() >= 7 && word.find_first_not_of("0123456789abcdef") == word.npos &&
         word.find_first_of("abcdef") != word.npos;
}

}  // namespace

bool TagVersion::is_date() const { return !parts.empty() && parts.front() >= 1970; }

std::optional<TagVersion> tag_version(std::string_view tag) {
  if (tag.starts_with('v')) tag.remove_prefix(1);
  if (tag.empty() || !is_digit(tag.front()) || is_hash(tag)) return std::nullopt;
  TagVersion version;
  std::size_t end = 0;
  for (;;) {
    std::size_t part_end = end;
    while (part_end < tag.size() && is_digit(tag[part_end])) ++part_end;
    std::uint64_t part = 0;
    const auto read = std::from_chars(tag.data() + end, tag.data() + part_end, part);
    if (read.ec != std::errc()) part = UINT64_MAX;
    version.parts.push_back(part);
    end = part_end;
    if (end + 1 >= tag.size() || tag[end] != '.' || !is_digit(tag[end + 1])) break;
    ++end;
  }
  version.text = tag.substr(0, end);
  version.variant = tag.substr(end);
  return version;
}

}  // namespace imglint
