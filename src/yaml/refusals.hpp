// What docker compose refuses in a YAML file although yaml-cpp accepts it (docs/spec/compose.md 2.6 and 2.8).
// An edit of such a file would be a guess.
#pragma once

#include <vector>

#include "model/document.hpp"
#include "source/source.hpp"
#include "tree/tree.hpp"

namespace imglint::yaml {

/// Repeated keys, keys that are collections, merges of what is no mapping, aliases that stand inside of what
/// they name or multiply, `\/`. By position; each blocks edits. Of a file with `unsafe_aliases()` nothing
/// else can be read. Of a template `source` is the shape, `written` what stands in the file: an engine may
/// keep one of two keys between which, or in which, something of it stands.
[[nodiscard]] std::vector<Trouble> refusals(const Source& source, const Tree& tree,
                                            const Source* written = nullptr);

/// What no reader of YAML agrees upon: repeated keys, merges of what is no mapping, aliases as above.
[[nodiscard]] std::vector<Trouble> ambiguities(const Source& source, const Tree& tree);

/// Aliases that stand inside of what they name, or for too much.
[[nodiscard]] bool unsafe_aliases(const Tree& tree);

}  // namespace imglint::yaml
