#include "parse/yaml_refusals.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/printable.hpp"
#include "parse/compose_view.hpp"
#include "parse/yaml_scalar.hpp"

namespace imglint::yaml {
namespace {

/// More nodes are not visited through aliases (docs/spec/compose.md 2.6).
constexpr std::uint64_t most_nodes_by_alias = 100'000;

class Checker {
 public:
  Checker(const Source& source, const Tree& tree) : source_(source), tree_(tree) {}

  std::vector<Trouble> run() {
    check_aliases();
    for (NodeIndex index = 0; index < tree_.nodes.size(); ++index)
      if (tree_[index].kind == NodeKind::map) check_map(index);
    if (source_.bytes().find("\\/") != std::string_view::npos) check_slashes();
    std::ranges::stable_sort(troubles_, {}, &Trouble::span);
    return std::move(troubles_);
  }

 private:
  void refuse(Span span, std::string message, Trouble::Kind kind = Trouble::Kind::syntax) {
    troubles_.push_back(
        {.kind = kind, .span = span, .message = std::move(message), .blocks_edits = true, .unread = true});
  }

  /// What people would point at: the scalar, or the first byte of anything else.
  [[nodiscard]] Span span_of(NodeIndex index) const {
    const Node& node = tree_[index];
    if (node.kind == NodeKind::scalar) return locate_token(source_, node).token;
    return {node.mark, node.mark};
  }

  void check_aliases() {
    if (tree_.cycle != no_node) refuse(span_of(tree_.cycle), "an alias inside of what it stands for");
    if (tree_.largest_alias == no_node || tree_.written_out <= tree_.nodes.size() + most_nodes_by_alias)
      return;
    refuse(span_of(tree_.largest_alias), "aliases that stand for more than 100000 nodes");
  }

  void check_map(NodeIndex map) {
    keys_.clear();
    for (NodeIndex key = tree_[map].first_child; key != no_node;) {
      const NodeIndex value = tree_[key].next;
      check_key(key);
      if (compose::is_merge_key(tree_[key])) check_merge(value);
      key = tree_[value].next;
    }
  }

  void check_key(NodeIndex key) {
    const Node& name = tree_[tree_.resolve(key)];
    if (name.kind == NodeKind::map || name.kind == NodeKind::sequence)
      return refuse(span_of(key), "a key that is no text");
    if (name.kind != NodeKind::scalar) return;
    const auto [first, is_new] = keys_.emplace(name.value, key);
    if (is_new) return;
    const Position place = source_.position(tree_[first->second].mark);
    refuse(span_of(key),
           "key '" + printable(name.value) + "' is already given in line " + std::to_string(place.line),
           Trouble::Kind::duplicate_key);
  }

  void check_merge(NodeIndex value) {
    const Node& merged = tree_[tree_.resolve(value)];
    bool is_fine = merged.kind == NodeKind::map;
    if (merged.kind == NodeKind::sequence) {
      is_fine = true;
      for (NodeIndex item = merged.first_child; item != no_node; item = tree_[item].next)
        is_fine = is_fine && tree_[tree_.resolve(item)].kind == NodeKind::map;
    }
    if (!is_fine) refuse(span_of(value), "'<<' takes a mapping or a list of mappings");
  }

  void check_slashes() {
    for (const Node& node : tree_.nodes)
      if (node.kind == NodeKind::scalar && !node.plain)
        if (const auto at = escaped_slash(source_, node))
          refuse({*at, *at + 2}, "docker compose does not know the escape '\\/'");
  }

  const Source& source_;
  const Tree& tree_;
  std::unordered_map<std::string_view, NodeIndex> keys_;
  std::vector<Trouble> troubles_;
};

}  // namespace

bool unsafe_aliases(const Tree& tree) {
  return tree.cycle != no_node ||
         (tree.largest_alias != no_node && tree.written_out > tree.nodes.size() + most_nodes_by_alias);
}

std::vector<Trouble> refusals(const Source& source, const Tree& tree) { return Checker(source, tree).run(); }

}  // namespace imglint::yaml
