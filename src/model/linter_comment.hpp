// Which comments may be suppressions: those that begin with the name of a linter. What they say is read
// later, by the engine.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "base/ascii.hpp"

namespace imglint {

/// Our own name, which counts in small letters; in others it is told that it does not.
inline constexpr std::string_view own_linter_name = "imglint";

[[nodiscard]] constexpr bool begins_own_name(std::string_view text) {
  if (text.size() < own_linter_name.size()) return false;
  for (std::size_t at = 0; at < own_linter_name.size(); ++at)
    if (lower(text[at]) != own_linter_name[at]) return false;
  return true;
}

/// Whether what stands behind a hash, which the text begins with, names imglint or another linter first.
[[nodiscard]] inline bool begins_linter_comment(std::string_view text) {
  constexpr std::string_view openings[] = {"hadolint", "dclint", "trivy:", "tally",
                                           "checkov:", "bridgecrew:", "kics-scan", "nosem", "check", "Check",
                                           "CHECK",
                                           // those in which our name may stand where it means nothing
                                           "noqa", "NOQA", "nolint", "nosec", "trunk-ignore", "lint:ignore"};
  text.remove_prefix(std::min(text.find_first_not_of('#'), text.size()));
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return begins_own_name(text) ||
         std::any_of(std::begin(openings), std::end(openings),
                     [&](std::string_view opening) { return text.starts_with(opening); });
}

/// Whether a hash in a text is followed by the name of a linter.
[[nodiscard]] inline bool names_linter(std::string_view text) {
  for (auto at = text.find('#'); at != text.npos; at = text.find('#', text.find_first_not_of('#', at)))
    if (begins_linter_comment(text.substr(at))) return true;
  return false;
}

}  // namespace imglint
