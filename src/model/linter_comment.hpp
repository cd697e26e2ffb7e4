// Which comments may be suppressions: those that name a linter. What they say is read later, by the engine.
#pragma once

#include <string_view>

namespace imglint {

/// True for a comment that names imglint, hadolint, dclint or Trivy.
[[nodiscard]] inline bool names_linter(std::string_view comment) {
  for (auto at = comment.find("lint"); at != std::string_view::npos; at = comment.find("lint", at + 4)) {
    const std::string_view word = comment.substr(0, at + 4);
    if (word.ends_with("imglint") || word.ends_with("hadolint") || word.ends_with("dclint")) return true;
  }
  return comment.find("trivy") != std::string_view::npos;
}

}  // namespace imglint
