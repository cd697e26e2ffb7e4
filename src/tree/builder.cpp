#include "tree/builder.hpp"

#include <unordered_map>

#include "tree/view.hpp"

namespace imglint {

yaml::NodeIndex TreeBuilder::add(yaml::NodeKind kind, std::uint32_t mark, std::string_view value, bool plain,
                                 std::string_view tag) {
  const auto index = static_cast<yaml::NodeIndex>(tree_.nodes.size());
  yaml::Node node{.kind = kind, .flow = true, .plain = plain, .mark = mark, .value = value};
  if (!tag.empty()) tree_.properties_of(node).tag = tag;
  if (!levels_.empty()) {
    Level& level = levels_.back();
    node.parent = level.node;
    if (tree_[level.node].kind == yaml::NodeKind::map) {
      node.key = level.count % 2 == 0;
      node.place = node.key ? 0 : level.last;
    } else {
      node.place = level.count;
    }
    if (level.last == yaml::no_node)
      tree_.nodes[level.node].first_child = index;
    else
      tree_.nodes[level.last].next = index;
    level.last = index;
    ++level.count;
  }
  tree_.nodes.push_back(node);
  return index;
}

yaml::NodeIndex TreeBuilder::open(yaml::NodeKind kind, std::uint32_t mark) {
  const yaml::NodeIndex node = add(kind, mark);
  levels_.push_back({.node = node});
  return node;
}

yaml::Tree TreeBuilder::finish() {
  if (!tree_.nodes.empty()) tree_.documents.push_back(0);
  tree_.written_out = tree_.nodes.size();
  return std::move(tree_);
}

void keep_last_keys(yaml::Tree& tree) {
  for (yaml::NodeIndex map = 0; map < tree.nodes.size(); ++map) {
    if (tree[map].kind != yaml::NodeKind::map) continue;
    std::unordered_map<std::string_view, yaml::NodeIndex> last;
    for (yaml::NodeIndex key = tree[map].first_child; key != yaml::no_node; key = tree[tree[key].next].next)
      if (!compose::is_merge_key(tree, tree[key])) last[tree[tree.resolve(key)].value] = key;
    yaml::NodeIndex before = yaml::no_node;
    for (yaml::NodeIndex key = tree[map].first_child; key != yaml::no_node;) {
      const yaml::NodeIndex value = tree[key].next;
      const yaml::NodeIndex next = tree[value].next;
      const bool is_last =
          compose::is_merge_key(tree, tree[key]) || last[tree[tree.resolve(key)].value] == key;
      if (is_last)
        before = value;
      else if (before == yaml::no_node)
        tree.nodes[map].first_child = next;
      else
        tree.nodes[before].next = next;
      key = next;
    }
  }
}

}  // namespace imglint
