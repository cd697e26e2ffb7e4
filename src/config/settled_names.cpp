#include "config/settled_names.hpp"

#include <algorithm>
#include <string_view>

#include "base/arena.hpp"
#include "yaml/events.hpp"

namespace imglint {
namespace {

using yaml::NodeIndex;
using yaml::NodeKind;

class Collector {
 public:
  explicit Collector(const yaml::Tree& tree) : tree_(tree) {}

  /// Of what a node holds, up to where the next thing behind it begins.
  void collect(NodeIndex index, std::uint32_t end, const std::vector<ConfigKey>& keys) {
    const yaml::Node& node = tree_[index];
    if (node.kind != NodeKind::map && node.kind != NodeKind::sequence) return;
    const bool is_map = node.kind == NodeKind::map;
    for (NodeIndex child = node.first_child; child != yaml::no_node;) {
      const NodeIndex value = is_map ? tree_[child].next : child;
      const NodeIndex next = tree_[value].next;
      const std::uint32_t stop = next == yaml::no_node ? end : tree_[next].mark;
      const ConfigKey* key = is_map ? find_key(keys, tree_[child].value) : nullptr;
      if (key && key->keeps_names)
        spans_.push_back({tree_[child].mark, stop});
      else if (key || !is_map)
        collect(value, stop, key ? key->keys : keys);
      child = next;
    }
  }

  std::vector<Span> finish() && { return std::move(spans_); }

 private:
  const yaml::Tree& tree_;
  std::vector<Span> spans_;
};

/// A hash at the beginning of a line or behind a blank; in quotes it is one too, which hides a name at worst.
void add_comments(const Source& source, std::vector<Span>& spans) {
  const std::string_view bytes = source.bytes();
  for (auto at = bytes.find('#'); at != bytes.npos; at = bytes.find('#', at + 1)) {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    if (at > 0 && bytes[at - 1] != ' ' && bytes[at - 1] != '\t' && bytes[at - 1] != '\n') continue;
    spans.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end;
  }
}

}  // namespace

std::vector<Span> settled_stretches(const Source& config, const std::vector<ConfigKey>& keys) {
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(config, most_config_bytes, arena);
  if (parsed.trouble) return {};
  Collector collector(parsed.tree);
  const auto end = static_cast<std::uint32_t>(config.bytes().size());
  for (const NodeIndex top : parsed.tree.documents) collector.collect(top, end, keys);
  std::vector<Span> spans = std::move(collector).finish();
  add_comments(config, spans);
  std::ranges::sort(spans);
  return spans;
}

}  // namespace imglint
