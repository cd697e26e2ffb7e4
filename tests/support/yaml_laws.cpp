#include "tests/support/yaml_laws.hpp"

#include <tuple>

#include "source/source.hpp"
#include "yaml/events.hpp"
#include "yaml/fast.hpp"
#include "yaml/guard.hpp"

namespace imglint::test {
namespace {

using yaml::Node;
using yaml::Tree;

constexpr std::uint32_t any_size = 1u << 30;

auto fields(const Tree& tree, const Node& node) {
  return std::make_tuple(node.kind, node.flow, node.key, node.plain, node.mark, node.place, node.parent,
                         node.first_child, node.next, node.target, tree.anchor_of(node), tree.tag_of(node),
                         node.value);
}

std::string shown(const Node& node) {
  return "kind " + std::to_string(static_cast<int>(node.kind)) + (node.flow ? " flow" : "") +
         (node.key ? " key" : "") + (node.plain ? " plain" : "") + " at " + std::to_string(node.mark) +
         " place " + std::to_string(node.place) + " next " + std::to_string(node.next) + " value '" +
         std::string(node.value) + "'";
}

std::string shown(const std::vector<Span>& spans) {
  std::string text;
  for (const Span& span : spans) text += std::to_string(span.begin) + "-" + std::to_string(span.end) + " ";
  return text;
}

/// Why a file could not be read, and from where on.
std::string shown(const yaml::Parsed& parsed) {
  if (!parsed.trouble) return std::to_string(parsed.tree.nodes.size()) + " nodes";
  return std::to_string(parsed.trouble->span.begin) + "-" + std::to_string(parsed.trouble->span.end) + " " +
         parsed.trouble->message + (parsed.opened ? " from " + std::to_string(*parsed.opened) : "");
}

std::string difference(const Tree& fast, const Tree& slow) {
  for (std::size_t i = 0; i < std::min(fast.nodes.size(), slow.nodes.size()); ++i)
    if (fields(fast, fast.nodes[i]) != fields(slow, slow.nodes[i]))
      return "node " + std::to_string(i) + ": " + shown(fast.nodes[i]) +
             ", yaml-cpp: " + shown(slow.nodes[i]);
  if (fast.nodes.size() != slow.nodes.size())
    return std::to_string(fast.nodes.size()) + " nodes, yaml-cpp: " + std::to_string(slow.nodes.size());
  if (std::tie(fast.documents, fast.cycle, fast.largest_alias, fast.written_out) !=
      std::tie(slow.documents, slow.cycle, slow.largest_alias, slow.written_out))
    return "the tree's own fields";
  return {};
}

}  // namespace

FastYaml read_both_ways(std::string_view bytes) {
  const Source source("compose.yaml", std::string(bytes));
  if (yaml::guard_bytes(source, any_size) || yaml::guard_directives(source)) return {};
  Arena arena;
  const auto fast = yaml::read_fast(source, source.bytes(), arena).tree;
  if (!fast) return {};
  const yaml::Parsed slow = yaml::parse(source, any_size, arena, yaml::Reader::yaml_cpp);
  if (slow.trouble)
    return {true, "yaml-cpp refuses it at " + std::to_string(slow.trouble->span.begin) + ": " +
                      slow.trouble->message};
  return {true, difference(*fast, slow.tree)};
}

FastYaml salvaged_both_ways(std::string_view bytes) {
  const Source source("compose.yaml", std::string(bytes));
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, any_size, arena, yaml::Reader::yaml_cpp);
  const yaml::Parsed quick = yaml::parse(source, any_size, arena);
  if (shown(quick) != shown(parsed)) return {true, shown(quick) + ", yaml-cpp: " + shown(parsed)};
  if (!parsed.opened) return {};
  const yaml::Salvaged fast = yaml::salvage(source, parsed.opened, arena);
  const yaml::Salvaged slow = yaml::salvage(source, parsed.opened, arena, yaml::Reader::yaml_cpp);
  for (std::size_t i = 0; i < std::max(fast.left_out.size(), slow.left_out.size()); ++i)
    if (i >= fast.left_out.size() || i >= slow.left_out.size() || fast.left_out[i] != slow.left_out[i])
      return {true, "entry " + std::to_string(i) + " that is left out: " + shown(fast.left_out) +
                        ", yaml-cpp: " + shown(slow.left_out)};
  return {true, difference(fast.tree, slow.tree)};
}

}  // namespace imglint::test
