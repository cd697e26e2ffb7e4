#include "yaml/fast_nodes.hpp"

namespace imglint::yaml::fast {
namespace {

/// Far below the depth at which yaml-cpp gives up.
constexpr std::size_t most_levels = 64;
/// Far below the number at which TreeBuilder stops to count.
constexpr std::uint64_t most_written = std::uint64_t{1} << 32;

}  // namespace

NodeIndex Nodes::add(NodeKind kind, std::uint32_t mark) {
  const NodeIndex index = last() + 1;
  Node& node = tree_.nodes.emplace_back();
  node.kind = kind;
  node.mark = mark;
  if (!levels_.empty()) {
    Level& level = levels_.back();
    node.parent = level.node;
    node.flow = tree_[level.node].flow;
    node.key = !level.sequence && level.count % 2 == 0;
    node.place = level.sequence ? level.count : level.last_child;
    (level.count == 0 ? tree_.nodes[level.node].first_child : tree_.nodes[level.last_child].next) = index;
    level.last_child = index;
    ++level.count;
  }
  if (!properties.any()) return index;
  node.mark = properties.mark;
  tree_.properties_of(node) = {properties.anchor, properties.tag};
  if (!properties.anchor.empty()) {
    names_[properties.anchor] = static_cast<std::uint32_t>(anchors_.size());
    anchors_.push_back({index, kind == NodeKind::map || kind == NodeKind::sequence ? 0U : 1U});
  }
  properties = {};
  return index;
}

void Nodes::add_null(std::uint32_t mark) {
  add(properties.tag.empty() || properties.tag == null_tag ? NodeKind::null : NodeKind::scalar, mark);
}

void Nodes::add_scalar(std::uint32_t mark, std::string_view value, bool plain) {
  plain = plain && properties.tag.empty();
  const bool is_tagged_null = properties.tag == null_tag && (value.empty() || is_null_text(value));
  if (is_tagged_null || (plain && is_null_text(value))) {
    add(NodeKind::null, mark);
    return;
  }
  Node& node = tree_.nodes[add(NodeKind::scalar, mark)];
  node.plain = plain;
  node.value = value;
}

bool Nodes::add_alias(std::uint32_t mark, std::string_view name) {
  const auto found = names_.find(name);
  if (properties.any() || found == names_.end()) return false;
  const Anchor& anchor = anchors_[found->second];
  if (anchor.size == 0 || written_ > most_written) return false;
  const NodeIndex index = add(NodeKind::alias, mark);
  tree_.nodes[index].target = anchor.node;
  written_ += anchor.size;
  if (anchor.size > largest_) {
    largest_ = anchor.size;
    tree_.largest_alias = index;
  }
  return true;
}

bool Nodes::open(NodeKind kind, std::uint32_t mark, std::uint32_t column, bool flow) {
  if (levels_.size() >= most_levels) return false;
  const bool has_anchor = !properties.anchor.empty();
  const NodeIndex node = add(kind, mark);
  if (flow) tree_.nodes[node].flow = true;
  levels_.push_back({.node = node, .column = column, .sequence = kind == NodeKind::sequence});
  if (has_anchor) {
    levels_.back().anchor = static_cast<std::uint32_t>(anchors_.size() - 1);
    levels_.back().written = written_;
  }
  return true;
}

void Nodes::close() {
  const Level& level = levels_.back();
  if (level.anchor != not_found)
    anchors_[level.anchor].size = tree_.nodes.size() - level.node + (written_ - level.written);
  levels_.pop_back();
}

void Nodes::end_document() {
  while (in_collection()) close();
  tree_.documents.push_back(static_cast<NodeIndex>(document_));
  document_ = tree_.nodes.size();
  names_.clear();
}

Tree Nodes::finish() {
  end_document();
  tree_.written_out = tree_.nodes.size() + written_;
  return std::move(tree_);
}

std::string Nodes::anchors_line() const {
  if (names_.empty()) return {};
  std::string line = "x: [";
  for (const auto& [name, anchor] : names_) line.append("&").append(name).append(" x, ");
  return line + "]\n";
}

}  // namespace imglint::yaml::fast
