#include "yaml/refusals.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/printable.hpp"
#include "tree/view.hpp"
#include "yaml/scalar.hpp"

namespace imglint::yaml {
namespace {

/// More nodes are not visited through aliases (docs/spec/compose.md 2.6).
constexpr std::uint64_t most_nodes_by_alias = 100'000;

constexpr std::string_view letters_and_digits =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
constexpr std::string_view other_tag_characters = ";/?:@&=+$.!~*'()%,[]";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Where a run of some characters ends.
std::uint32_t run_end(std::string_view bytes, std::uint32_t begin, std::string_view characters) {
  return static_cast<std::uint32_t>(std::min(bytes.find_first_not_of(characters, begin), bytes.size()));
}

/// The end of an anchor, an alias or a tag that begins at an offset, as docker compose's reader scans it.
std::uint32_t property_end(std::string_view bytes, std::uint32_t begin) {
  if (bytes[begin] != '!') return run_end(bytes, begin + 1, letters_and_digits);
  if (bytes.substr(begin).starts_with("!<"))
    return static_cast<std::uint32_t>(std::min(bytes.find('>', begin), bytes.size() - 1)) + 1;
  static const std::string characters = std::string(letters_and_digits) + std::string(other_tag_characters);
  return run_end(bytes, begin, characters);
}

class Checker {
 public:
  Checker(const Source& source, const Tree& tree, bool for_compose, const Source* written = nullptr)
      : source_(source), tree_(tree), for_compose_(for_compose), written_(written) {}

  std::vector<Trouble> run() {
    check_aliases();
    for (NodeIndex index = 0; index < tree_.nodes.size(); ++index) {
      if (tree_[index].kind == NodeKind::map) check_map(index);
      if (!for_compose_) continue;
      check_properties(tree_[index]);
      check_entry(tree_[index]);
    }
    if (for_compose_ && source_.bytes().find("\\/") != std::string_view::npos) check_slashes();
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
    names_.clear();
    if (!keys_.empty()) keys_ = {};  // a big table would be cleared for each small map behind it
    for (NodeIndex key = tree_[map].first_child; key != no_node;) {
      const NodeIndex value = tree_[key].next;
      check_key(key);
      if (compose::is_merge_key(tree_, tree_[key])) check_merge(value);
      key = tree_[value].next;
    }
  }

  /// Anchors of other characters, and tags that run into the text, which yaml-cpp lets pass.
  void check_properties(const Node& node) {
    const std::string_view bytes = source_.bytes();
    const bool is_alias = node.kind == NodeKind::alias;
    if (!is_alias && tree_.anchor_of(node).empty() && tree_.tag_of(node).empty()) return;
    for (std::uint32_t at = node.mark; at < bytes.size() && is_property(bytes[at], is_alias);) {
      const std::uint32_t end = property_end(bytes, at);
      const bool ends = end == bytes.size() || is_blank(bytes[end]) ||
                        (bytes[at] != '!' && node.flow &&
                         std::string_view(",]}").find(bytes[end]) != std::string_view::npos);
      if (!ends) {
        const char* what = bytes[at] == '!' ? "a tag" : is_alias ? "an alias" : "an anchor";
        refuse({at, end + 1}, std::string(what) + " that docker compose does not know: no blank after '" +
                                  printable(bytes.substr(at, end - at)) + "'");
        return;
      }
      at = end;
      while (at < bytes.size() && is_blank(bytes[at])) ++at;
    }
  }
  static bool is_property(char c, bool is_alias) { return is_alias ? c == '*' : c == '&' || c == '!'; }

  /// `[a,, b]`: nothing stands between two commas.
  void check_entry(const Node& node) {
    const bool is_entry = node.kind == NodeKind::null && node.flow && tree_.anchor_of(node).empty() &&
                          tree_.tag_of(node).empty() && node.parent != no_node &&
                          node.mark < source_.bytes().size();
    if (!is_entry || source_.bytes()[node.mark] != ',') return;
    if (node.key || tree_[node.parent].kind == NodeKind::sequence)
      refuse({node.mark, node.mark + 1}, "nothing before a ','");
  }

  void check_key(NodeIndex key) {
    const Node& name = tree_[tree_.resolve(key)];
    if (for_compose_ && (name.kind == NodeKind::map || name.kind == NodeKind::sequence))
      return refuse(span_of(key), "a key that is no text");
    if (name.kind != NodeKind::scalar) return;
    const NodeIndex first = first_of(name.value, key);
    if (first == key || may_be_chosen({tree_[first].mark, span_of(key).end})) return;
    const Position place = source_.position(tree_[first].mark);
    refuse(span_of(key),
           "key '" + printable(name.value) + "' is already given in line " + std::to_string(place.line),
           Trouble::Kind::duplicate_key);
  }

  /// Whether an engine has a say in what becomes of a stretch.
  [[nodiscard]] bool may_be_chosen(Span span) const {
    return written_ && written_->text(span) != source_.text(span);
  }

  /// The key of this map that has the name, which is `key` if none had it before.
  NodeIndex first_of(std::string_view name, NodeIndex key) {
    constexpr std::size_t few = 16;
    if (names_.size() < few) {  // as in most maps
      for (const auto& [known, first] : names_)
        if (known == name) return first;
      names_.emplace_back(name, key);
      return key;
    }
    if (keys_.empty()) keys_.insert(names_.begin(), names_.end());
    return keys_.emplace(name, key).first->second;
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
  bool for_compose_ = true;
  const Source* written_ = nullptr;                            ///< template: the file itself
  std::vector<std::pair<std::string_view, NodeIndex>> names_;  ///< the first keys of a map
  std::unordered_map<std::string_view, NodeIndex> keys_;       ///< all of them, if there are many
  std::vector<Trouble> troubles_;
};

}  // namespace

bool unsafe_aliases(const Tree& tree) {
  return tree.cycle != no_node ||
         (tree.largest_alias != no_node && tree.written_out > tree.nodes.size() + most_nodes_by_alias);
}

std::vector<Trouble> refusals(const Source& source, const Tree& tree, const Source* written) {
  return Checker(source, tree, true, written).run();
}

std::vector<Trouble> ambiguities(const Source& source, const Tree& tree) {
  return Checker(source, tree, false).run();
}

}  // namespace imglint::yaml
