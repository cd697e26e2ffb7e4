// A quick reader for the simple part of YAML that most compose files keep to. It gives exactly the nodes that
// yaml-cpp would give, or nothing, and then yaml-cpp reads the file (docs/spec/yaml.md 6). No edit is made on
// its word: before anything is written, yaml-cpp reads both the old bytes and the new.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "source/source.hpp"
#include "tree/tree.hpp"

namespace imglint::yaml {

/// Where the quick reader gave up.
struct FastStop {
  std::uint32_t line = 0;  ///< where the line begins in which that begins which it does not take
  std::string anchors;     ///< a line that names all anchors before, as the value of a key; or nothing
  /// Lines before belong to something else than their indentation tells.
  bool misleading = false;
};

struct FastReading {
  std::optional<Tree> tree;
  FastStop stopped;  ///< without a tree
};

/// Reads documents of block mappings and sequences and flow collections, with scalars of every style,
/// anchors, aliases and the usual tags. No tree for a file that has anything rarer (docs/spec/yaml.md 6 says
/// what), and for everything wrong. `bytes` are the source's, with some lines blank maybe, and must have
/// passed guard_bytes() and guard_directives().
[[nodiscard]] FastReading read_fast(const Source& source, std::string_view bytes, Arena& arena);

}  // namespace imglint::yaml
