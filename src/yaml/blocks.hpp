// The block structure of a YAML file by its indentation alone: for finding out which part of a file to leave
// out where it does not parse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/span.hpp"

namespace imglint::yaml {

/// The lines of the entry that holds an offset: one of those right below a top-level key, or the block of
/// that key itself where the offset stands in its own line or the entry is blank already, or the line of a
/// loose word at the left edge. Nothing if all is blank.
[[nodiscard]] std::optional<Span> entry_at(std::string_view bytes, std::uint32_t offset);

/// Of that entry the block that holds an offset, one of those right below the entry, and all of the entry
/// behind it. Only the lines from the offset's on where they stand below a `key: value` that is whole: by a
/// tab, or too far to the right. Nothing where the offset stands above all of them.
[[nodiscard]] std::optional<Span> rest_of_entry_at(std::string_view bytes, std::uint32_t offset);

/// A part of a file in which a parser stops where it stops in the whole.
struct Excerpt {
  std::string bytes;
  std::uint32_t kept = 0;  ///< bytes before the entry
  std::uint32_t from = 0;  ///< where the entry begins in the file
  /// From where on (in `bytes`) how much more has been left out behind the entry's begin.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> gaps;

  /// The place in the file of a byte that is not before the entry.
  [[nodiscard]] std::uint32_t in_file(std::uint32_t offset) const;
};

/// For an offset in a line before which all lines are right: the last entry that begins before that line, and
/// all that follows, under the line of its top-level key and that key's first entry, and all that under
/// `anchors`, a line that names the anchors of the lines before. Of lines of spaces in a row only the longest
/// stands there, which tells a parser as much as all. Nothing where there is no such entry, or
/// where it is an item of a list.
[[nodiscard]] std::optional<Excerpt> excerpt_from(std::string_view bytes, std::uint32_t offset,
                                                  std::string_view anchors);

}  // namespace imglint::yaml
