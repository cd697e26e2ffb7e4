// A YAML tree as compose sees it: aliases followed, merge keys applied, `!reset` keys gone
// (docs/spec/compose.md 2.6 and 2.7). Nothing is copied; entries point into the tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tree/tree.hpp"

namespace imglint::compose {

using yaml::no_node;
using yaml::Node;
using yaml::NodeIndex;
using yaml::NodeKind;
using yaml::Tree;

/// The tag that makes a merge key of `<<`.
inline constexpr std::string_view merge_tag = "tag:yaml.org,2002:merge";

/// The tag that takes a value away when files are merged.
inline constexpr std::string_view reset_tag = "!reset";

[[nodiscard]] inline bool is_merge_key(const Tree& tree, const Node& key) {
  return key.kind == NodeKind::scalar && key.value == "<<" && (key.plain || tree.tag_of(key) == merge_tag);
}
[[nodiscard]] inline bool is_extension(std::string_view key) { return key.starts_with("x-"); }

/// A place in the tree together with whether it was reached without an alias or a merge.
struct Position {
  NodeIndex node = no_node;  ///< never an alias; no_node if there is nothing
  bool direct = true;
  [[nodiscard]] explicit operator bool() const { return node != no_node; }
};

/// A key and its value in a map, own or merged.
struct Entry {
  std::string_view key;
  NodeIndex key_node = no_node;
  Position value;
};

/// Reads a tree. Remembers what it merged, so it is not for several threads.
class View {
 public:
  explicit View(const Tree& tree) : tree_(tree) {}

  [[nodiscard]] const Tree& tree() const { return tree_; }
  [[nodiscard]] const Node& operator[](Position at) const { return tree_[at.node]; }
  [[nodiscard]] bool is(Position at, NodeKind kind) const { return at && tree_[at.node].kind == kind; }
  /// The text of a scalar that is not `!reset`; empty for everything else.
  [[nodiscard]] std::string_view text(Position at) const;

  [[nodiscard]] Position top(std::size_t document) const { return follow(tree_.documents[document], true); }
  /// The entries of a map: its own in file order, then merged ones that no earlier key hides. Empty for
  /// anything but a map.
  [[nodiscard]] std::vector<Entry> entries(Position map);
  /// The value of one key; nothing if it is missing.
  [[nodiscard]] Position find(Position map, std::string_view key);
  /// True if a map has the key with the tag `!reset`.
  [[nodiscard]] bool is_reset(Position map, std::string_view key) const;
  /// The items of a sequence; empty for anything but a sequence.
  [[nodiscard]] std::vector<Position> items(Position sequence) const;

  /// Maps that were merged into others by entries() so far.
  [[nodiscard]] const std::vector<NodeIndex>& merged_maps() const { return merged_maps_; }

 private:
  [[nodiscard]] Position follow(NodeIndex node, bool direct) const;
  [[nodiscard]] Position find_merged(Position map, std::string_view key);
  void own_entries(Position map, std::vector<Entry>& entries, std::vector<NodeIndex>& merges);
  void push_merges(const std::vector<NodeIndex>& merges, std::vector<NodeIndex>& stack) const;

  const Tree& tree_;
  std::vector<NodeIndex> merged_maps_;
};

/// `services.web.image`, `build.tags[0]`, `["a.b"]` for keys with other characters than letters, digits, `-`
/// and `_`. For people: keys are cut after 200 bytes, and behind 500 bytes steps are left out.
class Path {
 public:
  void key(std::string_view key);
  void item(std::size_t number);
  /// Into YAML text that the scalar at this path holds: `#`.
  void enter() { text_ += '#'; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  void cut(std::size_t size) { text_.resize(size); }
  [[nodiscard]] bool is_full() const { return text_.size() > 500; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// The path at which a node is written.
[[nodiscard]] std::string written_path(const Tree& tree, NodeIndex node);

}  // namespace imglint::compose
