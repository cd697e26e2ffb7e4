// The scalars of the quick YAML reader: their values as yaml-cpp decodes them, or nothing where it is not
// sure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "yaml/fast_lines.hpp"

namespace imglint::yaml::fast {

/// Where values live: slices of a source whose lines are the same where they are not blank, or copies.
struct Values {
  std::string_view source;
  Arena& arena;
  std::string scratch;  ///< to put a value together

  [[nodiscard]] std::string_view slice(std::uint32_t from, std::uint32_t to) const {
    return source.substr(from, to - from);
  }
};

struct Scalar {
  std::uint32_t end = not_found;  ///< the byte behind it in what is the current line then, or not_found
  std::string_view value;
};

/// One that begins with a quote. May end in a later line than the current one.
[[nodiscard]] Scalar read_quoted(Lines& lines, std::uint32_t at, Values& values);

/// The closing quote of one that ends in its line and holds nothing to decode; not_found for others.
[[nodiscard]] std::uint32_t simple_quote_end(const Lines& lines, std::uint32_t at);

/// One that begins with `|` or `>`, and all its lines.
[[nodiscard]] Scalar read_block(Lines& lines, std::uint32_t at, Values& values);

}  // namespace imglint::yaml::fast
