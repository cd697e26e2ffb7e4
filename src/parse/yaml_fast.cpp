#include "parse/yaml_fast.hpp"

#include <algorithm>
#include <string>

namespace imglint::yaml {
namespace {

/// Far below the depth at which yaml-cpp gives up.
constexpr std::size_t most_levels = 64;
/// yaml-cpp takes longer ones for no keys.
constexpr std::uint32_t longest_key = 1000;
constexpr std::uint32_t not_found = std::numeric_limits<std::uint32_t>::max();

/// First characters of a plain scalar that mean nothing else anywhere.
bool starts_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("_/.$(~^+=<").find(c) != std::string_view::npos;
}

bool is_null_text(std::string_view text) {
  return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

class Reader {
 public:
  Reader(const Source& source, std::string_view bytes, Arena& arena)
      : bytes_(bytes), values_(source.bytes()), arena_(arena), next_(source.text_begin()) {}

  FastReading run() {
    if (bytes_.find('\t') != bytes_.npos || bytes_.find('\r') != bytes_.npos) return {};
    if (bytes_.substr(next_).starts_with("---\n")) next_ += 4;
    while (next_line())
      if (const std::uint32_t line = line_; !take_line()) return {.tree = std::nullopt, .stopped = line};
    if (tree_.nodes.empty()) return {};
    if (awaits_value_) add(NodeKind::null, static_cast<std::uint32_t>(bytes_.size()));
    tree_.documents.push_back(0);
    tree_.written_out = tree_.nodes.size();
    return {.tree = std::move(tree_)};
  }

 private:
  /// An open collection.
  struct Level {
    NodeIndex node = no_node;
    NodeIndex last_child = no_node;
    std::uint32_t count = 0;   ///< children so far
    std::uint32_t column = 0;  ///< of its keys or dashes
    bool sequence = false;
  };

  // Lines. The current one is from line_ to end_, its first character that is no space at text_.

  bool next_line() {
    while (next_ < bytes_.size()) {
      line_ = next_;
      end_ = static_cast<std::uint32_t>(std::min(bytes_.find('\n', line_), bytes_.size()));
      next_ = std::min(end_ + 1, static_cast<std::uint32_t>(bytes_.size()));
      text_ = skip_spaces(line_);
      if (text_ < end_ && bytes_[text_] != '#') return true;
    }
    return false;
  }
  [[nodiscard]] std::uint32_t skip_spaces(std::uint32_t at) const {
    while (at < end_ && bytes_[at] == ' ') ++at;
    return at;
  }
  [[nodiscard]] std::uint32_t column_of(std::uint32_t at) const { return at - line_; }
  [[nodiscard]] std::string_view between(std::uint32_t begin, std::uint32_t end) const {
    return bytes_.substr(begin, end - begin);
  }
  /// Only blanks, or blanks and a comment, up to the end of the line.
  [[nodiscard]] bool ends_line(std::uint32_t at) const {
    const std::uint32_t text = skip_spaces(at);
    return text == end_ || (text > at && bytes_[text] == '#');
  }
  [[nodiscard]] bool is_dash(std::uint32_t at) const {
    return at < end_ && bytes_[at] == '-' && (at + 1 == end_ || bytes_[at + 1] == ' ');
  }
  /// A colon that ends a key.
  [[nodiscard]] bool is_colon(std::uint32_t at) const {
    return at < end_ && bytes_[at] == ':' && (at + 1 == end_ || bytes_[at + 1] == ' ');
  }

  bool take_line() {
    const std::uint32_t column = column_of(text_);
    if (column == 0 && (between(text_, end_).starts_with("---") || between(text_, end_).starts_with("...")))
      return false;
    const bool dash = is_dash(text_);
    if (levels_.empty()) return tree_.nodes.empty() && column == 0 && take_content(text_, true);
    if (awaits_value_) {
      const Level& top = levels_.back();
      // A sequence may stand in the column of the key it belongs to.
      if (column > top.column || (dash && !top.sequence && column == top.column))
        return take_content(text_, true);
      add(NodeKind::null, text_);
      awaits_value_ = false;
    } else if (column > levels_.back().column) {
      return false;  // a continued scalar, or a mistake
    }
    while (!levels_.empty() && (levels_.back().column > column ||
                                (levels_.back().column == column && levels_.back().sequence && !dash)))
      levels_.pop_back();
    if (levels_.empty() || levels_.back().column != column || levels_.back().sequence != dash) return false;
    return take_content(text_, false);
  }

  /// What begins at a byte: dashes, then a key or a value. `is_new` if no collection of this column is open.
  bool take_content(std::uint32_t at, bool is_new) {
    bool in_item = false;
    for (; is_dash(at); is_new = in_item = true) {
      if (is_new && !open(NodeKind::sequence, at)) return false;
      awaits_value_ = true;
      if (ends_line(at + 1)) return true;
      at = skip_spaces(at + 1);
    }
    const std::uint32_t colon = key_end(at);
    if (colon == not_found) return in_item && take_value(at);
    if (is_new && !open(NodeKind::map, at)) return false;
    if (!add_key(at, colon)) return false;
    awaits_value_ = true;
    return ends_line(colon + 1) || take_value(skip_spaces(colon + 1));
  }

  /// The colon behind the key that begins at a byte, if one does.
  [[nodiscard]] std::uint32_t key_end(std::uint32_t at) const {
    if (bytes_[at] == '"' || bytes_[at] == '\'') {
      const std::uint32_t end = quoted_end(at);
      return end != not_found && is_colon(end) ? end : not_found;
    }
    for (; at < end_; ++at) {
      if (is_colon(at)) return at;
      if (bytes_[at] == '#' && bytes_[at - 1] == ' ') break;
    }
    return not_found;
  }

  bool add_key(std::uint32_t at, std::uint32_t colon) {
    if (colon - at > longest_key) return false;
    if (bytes_[at] == '"' || bytes_[at] == '\'') {
      add_slice(at, {at + 1, colon - 1}, false);
      return true;
    }
    if (!may_start_plain(at)) return false;
    std::uint32_t end = colon;
    while (bytes_[end - 1] == ' ') --end;
    if (is_null_text(between(at, end))) return false;
    add_slice(at, {at, end}, true);
    return true;
  }

  [[nodiscard]] bool may_start_plain(std::uint32_t at) const {
    if (at >= end_) return false;
    if (bytes_[at] != '-') return starts_plain(bytes_[at]);
    return at + 1 < end_ && starts_plain(bytes_[at + 1]);
  }

  /// Behind the closing quote; nothing where an escape, a doubled quote or a second line comes before it.
  [[nodiscard]] std::uint32_t quoted_end(std::uint32_t at) const {
    const char quote = bytes_[at];
    const auto close = bytes_.find(quote, at + 1);
    if (close >= end_) return not_found;
    const auto end = static_cast<std::uint32_t>(close) + 1;
    if (quote == '\'' && end < end_ && bytes_[end] == '\'') return not_found;
    if (quote == '"' && between(at, end).find('\\') != std::string_view::npos) return not_found;
    return end;
  }

  bool take_value(std::uint32_t at) {
    switch (bytes_[at]) {
      case '"':
      case '\'': {
        const std::uint32_t end = quoted_end(at);
        if (end == not_found || !ends_line(end)) return false;
        add_slice(at, {at + 1, end - 1}, false);
        break;
      }
      case '[':
        if (!take_flow_sequence(at)) return false;
        break;
      case '{':
        if (at + 1 >= end_ || bytes_[at + 1] != '}' || !ends_line(at + 2)) return false;
        tree_.nodes[add(NodeKind::map, at)].flow = true;
        break;
      case '|':
        if (!take_literal(at)) return false;
        break;
      default:
        if (!take_plain(at)) return false;
    }
    awaits_value_ = false;
    return true;
  }

  bool take_plain(std::uint32_t at) {
    if (!may_start_plain(at)) return false;
    std::uint32_t end = at;
    for (; end < end_; ++end) {
      if (is_colon(end)) return false;
      if (bytes_[end] == '#' && bytes_[end - 1] == ' ') break;
    }
    while (bytes_[end - 1] == ' ') --end;
    add_slice(at, {at, end}, true);
    return true;
  }

  bool take_flow_sequence(std::uint32_t at) {
    const NodeIndex node = add(NodeKind::sequence, at);
    tree_.nodes[node].flow = true;
    levels_.push_back({.node = node, .sequence = true});
    at = skip_spaces(at + 1);
    if (at < end_ && bytes_[at] == ']') {
      levels_.pop_back();
      return ends_line(at + 1);
    }
    for (;; at = skip_spaces(at + 1)) {
      if (at >= end_) return false;
      at = take_flow_item(at);
      if (at == not_found || at >= end_) return false;
      if (bytes_[at] == ']') break;
      if (bytes_[at] != ',') return false;
    }
    levels_.pop_back();
    return ends_line(at + 1);
  }

  /// The comma or bracket behind an item.
  std::uint32_t take_flow_item(std::uint32_t at) {
    if (bytes_[at] == '"' || bytes_[at] == '\'') {
      const std::uint32_t end = quoted_end(at);
      if (end == not_found) return not_found;
      add_slice(at, {at + 1, end - 1}, false);
      return skip_spaces(end);
    }
    if (!may_start_plain(at)) return not_found;
    const auto end = static_cast<std::uint32_t>(std::min(bytes_.find_first_of(",]", at), bytes_.size()));
    if (end >= end_) return not_found;
    const std::string_view whole = between(at, end);
    if (whole.find_first_of("[{}#?\"'") != whole.npos || whole.ends_with(':') ||
        whole.find(": ") != whole.npos)
      return not_found;
    const auto size = static_cast<std::uint32_t>(whole.find_last_not_of(' ') + 1);
    add_slice(at, {at, at + size}, true);
    return end;
  }

  /// `|` or `|-` and the lines under it.
  bool take_literal(std::uint32_t at) {
    const bool strip = between(at, end_) == "|-";
    if (!strip && between(at, end_) != "|") return false;
    const std::uint32_t outside = levels_.back().column;
    std::uint32_t indentation = 0;
    std::uint32_t blank_lines = 0;
    std::string value;
    while (next_ < bytes_.size()) {
      const auto end = bytes_.find('\n', next_);
      if (end == bytes_.npos) return false;
      line_ = next_;
      end_ = static_cast<std::uint32_t>(end);
      const std::uint32_t spaces = skip_spaces(line_) - line_;
      const bool blank = line_ + spaces == end_;
      if (indentation == 0) {
        if (blank || spaces <= outside) return false;
        indentation = spaces;
      }
      if (blank && spaces > indentation) return false;
      if (!blank && spaces < indentation) break;
      next_ = end_ + 1;
      if (blank) {
        ++blank_lines;
        continue;
      }
      if (!value.empty()) value.append(blank_lines + 1, '\n');
      blank_lines = 0;
      value.append(between(line_ + indentation, end_));
    }
    if (value.empty()) return false;
    if (!strip) value += '\n';
    add_scalar(at, arena_.copy(value), false);
    return true;
  }

  // Nodes, as TreeBuilder in yaml_events.cpp makes them of events.

  NodeIndex add(NodeKind kind, std::uint32_t mark) {
    const auto index = static_cast<NodeIndex>(tree_.nodes.size());
    Node node{.kind = kind, .mark = mark};
    if (!levels_.empty()) {
      Level& level = levels_.back();
      const Node& parent = tree_[level.node];
      node.parent = level.node;
      node.flow = parent.flow;
      node.key = !level.sequence && level.count % 2 == 0;
      node.place = level.sequence ? level.count : level.last_child;
      (level.count == 0 ? tree_.nodes[level.node].first_child : tree_.nodes[level.last_child].next) = index;
      level.last_child = index;
      ++level.count;
    }
    tree_.nodes.push_back(node);
    return index;
  }
  /// Of the source's own bytes, which are the same in a line that is not blank.
  void add_slice(std::uint32_t mark, Span value, bool plain) {
    add_scalar(mark, values_.substr(value.begin, value.size()), plain);
  }
  void add_scalar(std::uint32_t mark, std::string_view value, bool plain) {
    if (plain && is_null_text(value)) {
      add(NodeKind::null, mark);
      return;
    }
    Node& node = tree_.nodes[add(NodeKind::scalar, mark)];
    node.plain = plain;
    node.value = value;
  }
  bool open(NodeKind kind, std::uint32_t at) {
    if (levels_.size() >= most_levels) return false;
    const NodeIndex node = add(kind, at);
    levels_.push_back({.node = node, .column = column_of(at), .sequence = kind == NodeKind::sequence});
    awaits_value_ = false;
    return true;
  }

  std::string_view bytes_;
  std::string_view values_;
  Arena& arena_;
  Tree tree_;
  std::vector<Level> levels_;
  bool awaits_value_ = false;  ///< a key or a dash was read, its value was not
  std::uint32_t next_;         ///< the next line
  std::uint32_t line_ = 0;
  std::uint32_t text_ = 0;
  std::uint32_t end_ = 0;
};

}  // namespace

std::optional<Tree> parse_fast(const Source& source, Arena& arena) {
  return Reader(source, source.bytes(), arena).run().tree;
}

FastReading read_fast(const Source& source, std::string_view bytes, Arena& arena) {
  return Reader(source, bytes, arena).run();
}

}  // namespace imglint::yaml
