// Which comments may be suppressions: those that begin with the name of a linter. What they say is read
// later, by the engine.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace imglint {

/// Whether what stands behind a hash, which the text begins with, names imglint or another linter first.
[[nodiscard]] inline bool begins_linter_comment(std::string_view text) {
  constexpr std::string_view openings[] = {"imglint", "hadolint", "dclint",      "trivy:",
                                           "tally",   "checkov:", "bridgecrew:", "kics-scan",
                                           "nosem",   "check",    "Check",       "CHECK"};
  text.remove_prefix(std::min(text.find_first_not_of('#'), text.size()));
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return std::any_of(std::begin(openings), std::end(openings),
                     [&](std::string_view opening) { return text.starts_with(opening); });
}

/// Whether a hash in a text is followed by the name of a linter.
[[nodiscard]] inline bool names_linter(std::string_view text) {
  for (auto at = text.find('#'); at != text.npos; at = text.find('#', text.find_first_not_of('#', at)))
    if (begins_linter_comment(text.substr(at))) return true;
  return false;
}

}  // namespace imglint
