// Which comments are kept: those that may speak to a linter.
#pragma once

#include <string_view>

namespace imglint {

/// True if a comment names imglint, or a linter whose comments can count as well. Most comments do not, and
/// are not looked at again.
[[nodiscard]] constexpr bool names_linter(std::string_view comment) {
  for (auto at = comment.find("lint"); at != std::string_view::npos; at = comment.find("lint", at + 4)) {
    const std::string_view word = comment.substr(0, at + 4);
    if (word.ends_with("imglint") || word.ends_with("hadolint") || word.ends_with("dclint")) return true;
  }
  return comment.find("trivy") != std::string_view::npos;
}

}  // namespace imglint
