// Registries, namespaces and images that moved, froze or are no longer maintained
// (docs/spec/rules.md 3, d2 and d3).
#pragma once

#include <span>
#include <string_view>

#include "edit/edit.hpp"

namespace imglint {

/// Dates are YYYY-MM-DD.
struct MoveFact {
  std::string_view images;          ///< pattern of what moved (policy/pattern.hpp)
  std::string_view except = {};     ///< pattern of what stays as it is
  bool tagged_only = false;         ///< `latest`, written or meant, is not concerned
  std::string_view since = {};      ///< nothing is said before this date; empty where the source gives none
  std::string_view removed = {};    ///< from this date on nothing can be pulled
  std::string_view state;           ///< for people, after the name: "is frozen since 2023-04-03"
  std::string_view successor = {};  ///< for people: what to use instead
  /// A rewrite keeps the path below `from` and puts it below `to`. Both empty where there is none.
  std::string_view from = {};
  std::string_view to = {};
  Safety safety = Safety::unsafe;
  bool informational = false;  ///< still works as it is
  std::string_view source;     ///< page, issue or commit
};

/// Whole hosts, sorted by pattern.
[[nodiscard]] std::span<const MoveFact> moved_registries();
/// Namespaces and repositories, sorted by pattern.
[[nodiscard]] std::span<const MoveFact> moved_images();
inline constexpr std::string_view move_facts_date = "2026-08-21";

}  // namespace imglint
