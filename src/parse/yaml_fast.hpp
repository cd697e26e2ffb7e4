// A quick reader for the simple part of YAML that most compose files keep to. It gives exactly the nodes that
// yaml-cpp would give, or nothing, and then yaml-cpp reads the file (docs/spec/yaml.md 6). No edit is made on
// its word: before anything is written, yaml-cpp reads both the old bytes and the new.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/arena.hpp"
#include "parse/yaml_tree.hpp"
#include "source/source.hpp"

namespace imglint::yaml {

/// Reads one document of block mappings and sequences, whose scalars are plain or quoted on one line or
/// literal
/// (`|`), or stand in a one-line `[]`; comments and blank lines between. Nothing for a file that has anything
/// else: tabs, carriage returns, anchors, tags, escapes, flow mappings, folded or continued lines, markers
/// but for a first `---`, and everything wrong. The bytes must have passed guard_bytes() and
/// guard_directives().
[[nodiscard]] std::optional<Tree> parse_fast(const Source& source, Arena& arena);

struct FastReading {
  std::optional<Tree> tree;
  std::uint32_t stopped = 0;  ///< without a tree: where the first line begins that is not simple
};

/// The same for `bytes` that are the source's with some lines blank.
[[nodiscard]] FastReading read_fast(const Source& source, std::string_view bytes, Arena& arena);

}  // namespace imglint::yaml
