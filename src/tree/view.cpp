#include "tree/view.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/ascii.hpp"

namespace imglint::compose {
namespace {

constexpr std::size_t longest_key = 200;

bool is_simple(std::string_view key) {
  return !key.empty() &&
         std::ranges::all_of(key, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

}  // namespace

std::string_view View::text(Position at) const {
  if (!is(at, NodeKind::scalar) || tree_.tag_of(tree_[at.node]) == reset_tag) return {};
  return tree_[at.node].value;
}

Position View::follow(NodeIndex node, bool direct) const {
  if (tree_[node].kind == NodeKind::alias) return {tree_[node].target, false};
  return {node, direct};
}

/// Without what is reset: docker compose takes that out of each map before it merges.
void View::own_entries(Position map, std::vector<Entry>& entries, std::vector<NodeIndex>& merges) {
  for (NodeIndex key = tree_[map.node].first_child; key != no_node;) {
    const NodeIndex value = tree_[key].next;
    const Node& name = tree_[tree_.resolve(key)];
    if (is_merge_key(tree_, tree_[key])) {
      merges.push_back(tree_.resolve(value));
    } else if (const Position at = follow(value, map.direct);
               name.kind == NodeKind::scalar && tree_.tag_of(tree_[at.node]) != reset_tag) {
      entries.push_back({name.value, key, at});
    }
    key = tree_[value].next;
  }
}

/// Puts the maps a merge key names on the stack, so that the first is taken first.
void View::push_merges(const std::vector<NodeIndex>& merges, std::vector<NodeIndex>& stack) const {
  for (auto at = merges.rbegin(); at != merges.rend(); ++at) {
    const NodeIndex merge = *at;
    if (tree_[merge].kind != NodeKind::sequence) {
      stack.push_back(merge);
      continue;
    }
    const auto size = static_cast<std::ptrdiff_t>(stack.size());
    for (NodeIndex item = tree_[merge].first_child; item != no_node; item = tree_[item].next)
      stack.push_back(tree_.resolve(item));
    std::reverse(stack.begin() + size, stack.end());
  }
}

std::vector<Entry> View::entries(Position map) {
  std::vector<Entry> result;
  if (!is(map, NodeKind::map)) return result;
  std::vector<NodeIndex> merges;
  result.reserve(8);
  own_entries(map, result, merges);
  if (!merges.empty()) {
    // A table of its own: a big one would be cleared for each small map behind it.
    std::unordered_set<std::string_view> seen;
    for (const Entry& entry : result) seen.insert(entry.key);
    std::vector<NodeIndex> stack;
    push_merges(merges, stack);
    while (!stack.empty()) {
      const NodeIndex merged = stack.back();
      stack.pop_back();
      if (tree_[merged].kind != NodeKind::map) continue;
      merged_maps_.push_back(merged);
      const auto before = result.size();
      merges.clear();
      own_entries({merged, false}, result, merges);
      const auto hidden = std::remove_if(result.begin() + static_cast<std::ptrdiff_t>(before), result.end(),
                                         [&](const Entry& entry) { return !seen.insert(entry.key).second; });
      result.erase(hidden, result.end());
      push_merges(merges, stack);
    }
  }
  return result;
}

Position View::find(Position map, std::string_view key) {
  if (!is(map, NodeKind::map)) return {};
  Position found;
  for (NodeIndex at = tree_[map.node].first_child; at != no_node; at = tree_[tree_[at].next].next) {
    if (is_merge_key(tree_, tree_[at])) return find_merged(map, key);
    if (found) continue;
    const Node& name = tree_[tree_.resolve(at)];
    const NodeIndex value = tree_[at].next;
    if (name.kind != NodeKind::scalar || name.value != key) continue;
    const Position at_key = follow(value, map.direct);
    if (tree_.tag_of(tree_[at_key.node]) != reset_tag) found = at_key;
  }
  return found;
}

Position View::find_merged(Position map, std::string_view key) {
  for (const Entry& entry : entries(map))
    if (entry.key == key) return entry.value;
  return {};
}

bool View::is_reset(Position map, std::string_view key) const {
  if (!is(map, NodeKind::map)) return false;
  for (NodeIndex at = tree_[map.node].first_child; at != no_node; at = tree_[tree_[at].next].next)
    if (tree_[at].value == key && tree_.tag_of(tree_[tree_[at].next]) == reset_tag) return true;
  return false;
}

std::vector<Position> View::items(Position sequence) const {
  std::vector<Position> result;
  if (!is(sequence, NodeKind::sequence)) return result;
  for (NodeIndex item = tree_[sequence.node].first_child; item != no_node; item = tree_[item].next)
    result.push_back(follow(item, sequence.direct));
  return result;
}

void Path::key(std::string_view key) {
  if (is_full()) return;
  const std::string_view shown = key.substr(0, longest_key);
  if (is_simple(shown) && shown.size() == key.size()) {
    if (!text_.empty() && text_.back() != '#') text_ += '.';
    text_ += shown;
    return;
  }
  text_ += "[\"";
  for (const char c : shown) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += shown.size() < key.size() ? "…\"]" : "\"]";
}

void Path::item(std::size_t number) {
  if (!is_full()) text_.append("[").append(std::to_string(number)).append("]");
}

std::string written_path(const Tree& tree, NodeIndex node) {
  std::vector<NodeIndex> chain;
  for (; tree[node].parent != no_node; node = tree[node].parent) chain.push_back(node);
  Path path;
  for (auto at = chain.rbegin(); at != chain.rend() && !path.is_full(); ++at) {
    const Node& step = tree[*at];
    if (tree[step.parent].kind == NodeKind::sequence)
      path.item(step.place);
    else
      path.key(tree[tree.resolve(step.key ? *at : step.place)].value);
  }
  return path.text();
}

}  // namespace imglint::compose
