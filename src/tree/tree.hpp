// The nodes of a YAML file in file order, flat, with aliases left as aliases. Made from a parser's events;
// what the rest of the compose reader works on (docs/spec/yaml.md 8).
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace imglint::yaml {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex no_node = std::numeric_limits<NodeIndex>::max();

enum class NodeKind : std::uint8_t { null, scalar, sequence, map, alias };

/// A node. Children of a sequence are its items, children of a map its keys and values in turn.
struct Node {
  NodeKind kind = NodeKind::null;
  bool flow = false;       ///< stands inside [] or {}, or is such a collection
  bool key = false;        ///< is a key of a map
  bool plain = false;      ///< a scalar whose tag is `?`: neither quoted, block nor tagged
  std::uint32_t mark = 0;  ///< byte in the source, a byte order mark counted; yaml.md 1 says of what
  /// Of a value in a map: the index of its key; of an item of a sequence: its number.
  std::uint32_t place = 0;
  NodeIndex parent = no_node;
  NodeIndex first_child = no_node;
  NodeIndex next = no_node;      ///< next sibling
  NodeIndex target = no_node;    ///< of an alias: the node with the anchor, never an alias
  std::uint32_t properties = 0;  ///< few have some: one more than their index in the tree
  std::string_view value;        ///< of a scalar, decoded
};

/// What is written before a node.
struct NodeProperties {
  std::string_view anchor;  ///< name, without `&`
  std::string_view tag;     ///< as resolved; empty where none was written
};

struct Tree {
  std::vector<Node> nodes;  ///< parents before children
  std::vector<NodeProperties> properties;
  std::vector<NodeIndex> documents;   ///< the top node of each document
  NodeIndex cycle = no_node;          ///< the first alias that stands inside of what it names
  NodeIndex largest_alias = no_node;  ///< the alias that stands for most nodes
  std::uint64_t written_out = 0;      ///< number of nodes if aliases were written out

  [[nodiscard]] const Node& operator[](NodeIndex index) const { return nodes[index]; }
  [[nodiscard]] std::string_view anchor_of(const Node& node) const {
    return node.properties == 0 ? std::string_view() : properties[node.properties - 1].anchor;
  }
  [[nodiscard]] std::string_view tag_of(const Node& node) const {
    return node.properties == 0 ? std::string_view() : properties[node.properties - 1].tag;
  }
  /// Those of a node, to be filled; made if it has none.
  NodeProperties& properties_of(Node& node) {
    if (node.properties == 0) {
      properties.emplace_back();
      node.properties = static_cast<std::uint32_t>(properties.size());
    }
    return properties[node.properties - 1];
  }
  /// The node itself, or what an alias stands for.
  [[nodiscard]] NodeIndex resolve(NodeIndex index) const {
    return nodes[index].kind == NodeKind::alias ? nodes[index].target : index;
  }
};

}  // namespace imglint::yaml
