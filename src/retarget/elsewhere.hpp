// What stays behind: names that were moved, in files that were not edited (docs/spec/retarget.md 6.10). Pure:
// bytes in, places out.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "base/text_set.hpp"
#include "project/text_files.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// A name that stands where nothing was changed.
struct LeftName {
  std::string file;
  std::uint32_t line = 0;    ///< 1-based
  std::uint32_t column = 0;  ///< 1-based, in bytes
  Span span;
  std::string name;
};

struct Elsewhere {
  std::vector<LeftName> places;                             ///< by file and position
  std::map<std::string, std::size_t, std::less<>> by_kind;  ///< files, by what they are
  std::size_t files = 0;                                    ///< that hold any
  std::size_t searched = 0;
  PassedOver passed;
  std::map<std::string, std::string, std::less<>> left_out;  ///< by the configuration: file and pattern
};

/// The names to look for: of the references that move, as they are spelled and in full, and what the maps and
/// --from name.
[[nodiscard]] std::vector<std::string> names_left(const RetargetPlan& plan, const Mapping& mapping);
/// The same of references that are listed.
void add_names(const Document& document, std::set<std::string, std::less<>>& names);

/// Where names go: a line that says both an old name and such a target is about the move (a map, a plan).
[[nodiscard]] std::vector<std::string> targets_of(const Mapping& mapping);

/// What is looked for, and what is none.
struct ElsewhereSearch {
  const TextSet* names = nullptr;
  const TextSet* targets = nullptr;
};

/// Where names stand in a text: whole, not as the beginning or end of others. A name of one word must have a
/// digest behind it or what can only be a tag, or be looked for with its tag, for it may be any word. Nothing
/// within `known`, which must be sorted, nor in
/// what this program wrote of a move.
[[nodiscard]] std::vector<LeftName> find_names(const ElsewhereSearch& search, const std::string& file,
                                               std::string_view bytes, std::span<const Span> known);

/// What a file is, for a count: `.md`, `.sh`, `Makefile`.
[[nodiscard]] std::string kind_of_file(std::string_view path);

}  // namespace imglint
