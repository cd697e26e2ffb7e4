// From the bytes of a YAML file to its nodes, by yaml-cpp's events. The one place where a parser's marks
// become byte offsets, and where yaml-cpp is included (docs/spec/yaml.md).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/arena.hpp"
#include "model/document.hpp"
#include "source/source.hpp"
#include "tree/tree.hpp"

namespace imglint::yaml {

/// A file's nodes, or why there are none.
struct Parsed {
  Tree tree;
  std::optional<Trouble> trouble;
  /// Where yaml-cpp stopped, or where the outermost `[` or `{` stands that was open then.
  std::optional<std::uint32_t> opened;
};

/// Who reads. Both give the same; yaml-cpp alone is asked where bytes are to be written, and by the tests
/// that hold the two against each other.
enum class Reader : std::uint8_t { fastest, yaml_cpp };

/// Guards and parses. Values are slices of the source where they stand there as they are, else copies in the
/// arena. Never throws; linear time; nesting is limited to 500 by yaml-cpp.
[[nodiscard]] Parsed parse(const Source& source, std::uint32_t max_bytes, Arena& arena,
                           Reader reader = Reader::fastest);

/// What is left of a file after a fault was taken out.
struct Salvaged {
  Tree tree;                   ///< empty if nothing could be saved
  std::vector<Span> left_out;  ///< lines that were read as blank
};

/// For a file that parse() gave a syntax error for, and `opened` as it was there: reads it again without the
/// entry (of `services`, as a rule) in which the parser stops, or without the whole top-level block where
/// that does not help; a few times.
[[nodiscard]] Salvaged salvage(const Source& source, std::optional<std::uint32_t> opened, Arena& arena,
                               Reader reader = Reader::fastest);

}  // namespace imglint::yaml
