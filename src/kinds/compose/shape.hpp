// What docker compose's schema refuses of the places where references stand: a list where a mapping must be,
// a number where text must be (docs/spec/compose.md 2.8).
#pragma once

#include <string_view>
#include <vector>

#include "kinds/compose/file.hpp"
#include "model/document.hpp"

namespace imglint::compose {

/// What a scalar is instead of text, as YAML's core schema takes it: `a number`, `a truth value`; empty for
/// text.
[[nodiscard]] std::string_view other_by_core_schema(const Tree& tree, const Node& scalar);

/// The same as docker compose takes it, whose reader knows dates and times, too: `a date`.
[[nodiscard]] std::string_view other_than_text(const Tree& tree, const Node& scalar);

/// Reports each place of the wrong shape, once.
void check_shape(ComposeFile& file, Document& document);

/// Reports each key that is no text, wherever it stands: docker compose refuses the file. Returns them in
/// order.
std::vector<NodeIndex> check_keys(const Tree& tree, Document& document);

/// Whether a node is, or stands in, the value of one of these keys, which are in order.
[[nodiscard]] bool stands_below(const Tree& tree, NodeIndex node, const std::vector<NodeIndex>& keys);

}  // namespace imglint::compose
