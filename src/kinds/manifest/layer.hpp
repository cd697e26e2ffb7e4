// Layer: a YAML tree and the bytes it came from. A file is one; YAML text in a scalar (a patch, Argo CD's
// values) is one inside of another, and so is a chart's template behind its mask.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "model/document.hpp"
#include "model/mapped_text.hpp"
#include "tree/view.hpp"
#include "yaml/scalar.hpp"

namespace imglint::manifest {

using compose::Entry;
using compose::Path;
using compose::Position;
using compose::View;
using yaml::Node;
using yaml::NodeIndex;
using yaml::NodeKind;
using yaml::Tree;

/// Borrows source, tree and outer text, which must live as long as it. What it hands out lives in the arena.
class Layer {
 public:
  /// `outer`: what the source's bytes are of the file itself; null for the file itself.
  Layer(const Source& source, const Tree& tree, const MappedText* outer, Arena& arena)
      : view(tree), source_(source), outer_(outer), arena_(arena) {}

  View view;

  [[nodiscard]] const Tree& tree() const { return view.tree(); }
  [[nodiscard]] Arena& arena() const { return arena_; }
  /// Where a scalar stands in the file itself.
  [[nodiscard]] yaml::ScalarPlace locate(NodeIndex scalar) const;
  /// The value's bytes as text of the file, without blanks at the ends.
  [[nodiscard]] MappedText text(Position at) const;
  /// In chart templates equal keys are branches, and text may hold actions.
  bool is_template = false;

 private:
  const Source& source_;
  const MappedText* outer_;
  Arena& arena_;
};

/// Whether a scalar is text to kubectl and not a number, a truth value or null (YAML 1.1).
[[nodiscard]] bool is_string(const View& view, Position at);
/// The text of a scalar that is a string; empty for everything else.
[[nodiscard]] std::string_view string_at(const View& view, Position at);

/// What inner text is in a file of which the inner text's bytes are known.
[[nodiscard]] MappedText text_through(const MappedText& inner, const MappedText& outer, Arena& arena);

}  // namespace imglint::manifest
