// Puts a tree together, node by node, for readers of other languages than YAML.
#pragma once

#include <string_view>
#include <vector>

#include "tree/tree.hpp"

namespace imglint {

class TreeBuilder {
 public:
  /// Adds a scalar or an empty value to what is open. In a map keys and values come in turn.
  yaml::NodeIndex add(yaml::NodeKind kind, std::uint32_t mark, std::string_view value = {},
                      bool plain = false, std::string_view tag = {});
  /// Adds a collection and opens it.
  yaml::NodeIndex open(yaml::NodeKind kind, std::uint32_t mark);
  void close() { levels_.pop_back(); }
  [[nodiscard]] std::size_t depth() const { return levels_.size(); }
  /// The innermost open collection.
  [[nodiscard]] yaml::NodeKind top() const { return tree_[levels_.back().node].kind; }
  [[nodiscard]] yaml::Node& operator[](yaml::NodeIndex node) { return tree_.nodes[node]; }

  /// All that was added, as one document.
  [[nodiscard]] yaml::Tree finish();

 private:
  struct Level {
    yaml::NodeIndex node = yaml::no_node;
    yaml::NodeIndex last = yaml::no_node;
    std::uint32_t count = 0;
  };
  yaml::Tree tree_;
  std::vector<Level> levels_;
};

/// Takes out of each map what a later key of the same name hides.
void keep_last_keys(yaml::Tree& tree);

}  // namespace imglint
