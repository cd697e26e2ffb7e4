// The nodes of a file as the quick YAML reader finds them, put together as TreeBuilder in yaml_events.cpp
// does it of yaml-cpp's events.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tree/tree.hpp"
#include "yaml/fast_lines.hpp"

namespace imglint::yaml::fast {

/// What stands before a value: `&name`, `!tag`.
struct Properties {
  std::uint32_t mark = not_found;  ///< of the first; not_found if there are none
  std::string_view anchor;
  std::string_view tag;
  [[nodiscard]] bool any() const { return mark != not_found; }
};

class Nodes {
 public:
  /// An open collection.
  struct Level {
    NodeIndex node = no_node;
    NodeIndex last_child = no_node;
    std::uint32_t count = 0;   ///< children so far
    std::uint32_t column = 0;  ///< of its keys or dashes
    bool sequence = false;
    std::uint32_t anchor = not_found;  ///< its number among the anchors
    std::uint64_t written = 0;         ///< what aliases before it stand for
  };

  /// For the next node, which must be a value.
  Properties properties;

  explicit Nodes(std::size_t expected) { tree_.nodes.reserve(expected); }

  [[nodiscard]] bool empty() const { return tree_.nodes.empty(); }
  [[nodiscard]] bool in_collection() const { return !levels_.empty(); }
  [[nodiscard]] const Level& top() const { return levels_.back(); }
  [[nodiscard]] std::size_t depth() const { return levels_.size(); }
  [[nodiscard]] NodeIndex last() const { return static_cast<NodeIndex>(tree_.nodes.size() - 1); }
  [[nodiscard]] Node& operator[](NodeIndex index) { return tree_.nodes[index]; }

  void add_null(std::uint32_t mark);
  void add_scalar(std::uint32_t mark, std::string_view value, bool plain);
  /// False for a name that no node before has, that an open collection has, or behind properties.
  bool add_alias(std::uint32_t mark, std::string_view name);
  /// False where it gets too deep.
  bool open(NodeKind kind, std::uint32_t mark, std::uint32_t column, bool flow = false);
  void close();

  /// Ends the open document: what is added next begins another one, with anchors of its own.
  void end_document();
  /// Nothing was added to the open document.
  [[nodiscard]] bool at_start() const { return tree_.nodes.size() == document_; }
  /// Documents were ended before the open one.
  [[nodiscard]] bool any_ended() const { return !tree_.documents.empty(); }

  /// All that was added.
  [[nodiscard]] Tree finish();
  /// `&name` for each anchor, in brackets, as the value of a key of its own; empty if there is none.
  [[nodiscard]] std::string anchors_line() const;

 private:
  struct Anchor {
    NodeIndex node = no_node;
    std::uint64_t size = 0;  ///< nodes with aliases written out; 0 while it is open
  };

  NodeIndex add(NodeKind kind, std::uint32_t mark);

  Tree tree_;
  std::vector<Level> levels_;
  std::vector<Anchor> anchors_;
  std::unordered_map<std::string_view, std::uint32_t> names_;
  std::size_t document_ = 0;   ///< the first node of the open document
  std::uint64_t written_ = 0;  ///< nodes that all aliases stand for
  std::uint64_t largest_ = 0;
};

}  // namespace imglint::yaml::fast
