#include "yaml/fast.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "yaml/fast_flow.hpp"
#include "yaml/fast_nodes.hpp"
#include "yaml/fast_scalar.hpp"

namespace imglint::yaml {
namespace {

using fast::longest_key;
using fast::not_found;
using fast::Properties;

/// Bytes for a node in most files, some less.
constexpr std::size_t bytes_per_node = 12;

/// `!word` or `!!word`: other tags are left to yaml-cpp.
bool is_usual_tag(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("!!") ? 2 : 1);
  const auto is_word = [](char c) { return is_letter_or_digit(c) || c == '-'; };
  return !tag.empty() && std::all_of(tag.begin(), tag.end(), is_word);
}

class FastReader {
 public:
  FastReader(const Source& source, std::string_view bytes, Arena& arena)
      : nodes_(bytes.size() / bytes_per_node + 8), values_{source.bytes(), arena, {}} {
    lines_.bytes = bytes;
    lines_.next = source.text_begin();
  }

  FastReading run() {
    while (next_line())
      if (!take_line()) return {.tree = std::nullopt, .stopped = stop()};
    if (nodes_.at_start()) return {};
    if (awaits_value_) nodes_.add_null(static_cast<std::uint32_t>(lines_.bytes.size()));
    return {.tree = nodes_.finish()};
  }

 private:
  [[nodiscard]] FastStop stop() const {
    return {.line = construct_,
            .anchors = nodes_.anchors_line(),
            .misleading = misleading_ || nodes_.any_ended()};
  }
  [[nodiscard]] char byte(std::uint32_t at) const { return lines_.bytes[at]; }
  [[nodiscard]] std::uint32_t column_of(std::uint32_t at) const { return at - lines_.begin; }

  /// The next line with more than blanks and a comment. Its first character that is no space is at text_.
  bool next_line() {
    while (lines_.advance()) {
      text_ = lines_.skip_spaces(lines_.begin);
      if (text_ == lines_.end) {
        ++blank_lines_;
        continue;
      }
      const char c = byte(text_);
      if (c == '\t' && open_plain_ == no_node) {
        const std::uint32_t text = lines_.skip_blanks(text_);
        if (text == lines_.end || byte(text) == '#') continue;
      }
      if (c != '#') return true;
      open_plain_ = no_node;
    }
    return false;
  }

  bool take_line() {
    const std::uint32_t column = column_of(text_);
    const NodeIndex open_plain = std::exchange(open_plain_, no_node);
    const bool tab = byte(text_) == '\t';
    const bool continues = open_plain != no_node && (tab || column > nodes_.top().column);
    if (!continues) {
      construct_ = lines_.begin;
      misleading_ = lines_.misleading;
    }
    if (tab) return false;
    if (continues) return continue_plain(open_plain);
    if (column == 0) {
      const std::string_view line = lines_.between(text_, lines_.end);
      if (line.starts_with("---")) return take_marker();
      if (line.starts_with("...")) return false;
    }
    const bool dash = lines_.is_dash(text_);
    if (!nodes_.in_collection()) return nodes_.at_start() && column == 0 && take_content(text_, true, false);
    if (awaits_value_) {
      const bool in_map = !nodes_.top().sequence;
      // A sequence may stand in the column of the key it belongs to.
      if (column > nodes_.top().column || (dash && in_map && column == nodes_.top().column))
        return take_content(text_, true, true);
      if (lines_.is_colon(text_)) return false;
      nodes_.add_null(text_);
      awaits_value_ = false;
    }
    return leave_deeper(column, dash) && take_content(text_, false, false);
  }

  /// A `---` before everything, or between two documents.
  bool take_marker() {
    if (!lines_.ends_line(text_ + 3) || awaits_value_) return false;
    if (nodes_.at_start()) return !std::exchange(marked_, true);
    nodes_.end_document();
    marked_ = true;
    return true;
  }

  /// Closes what a line of this column ends. False if it stands in no open collection.
  bool leave_deeper(std::uint32_t column, bool dash) {
    while (nodes_.in_collection() && (nodes_.top().column > column ||
                                      (nodes_.top().column == column && nodes_.top().sequence && !dash)))
      nodes_.close();
    return nodes_.in_collection() && nodes_.top().column == column && nodes_.top().sequence == dash;
  }

  /// What begins at a byte: dashes and colons without a key, then a key or a value. `is_new` if no collection
  /// of this column is open, `may_be_value` if the line may be nothing but a value.
  bool take_content(std::uint32_t at, bool is_new, bool may_be_value) {
    bool in_item = false;
    for (; lines_.is_dash(at) || lines_.is_colon(at); is_new = in_item = true) {
      const bool dash = byte(at) == '-';
      if (is_new && !open(dash ? NodeKind::sequence : NodeKind::map, at)) return false;
      if (!dash) nodes_.add_null(at);
      awaits_value_ = true;
      if (lines_.ends_line(at + 1)) return true;
      at = lines_.skip_spaces(at + 1);
    }
    const char c = byte(at);
    if ((c == '&' || c == '!') && in_item) return take_property_item(at);
    if (c == '[' || c == '{') return (in_item || may_be_value || nodes_.at_start()) && take_value(at);
    const std::uint32_t colon = c == '"' || c == '\'' ? quoted_key_end(at) : plain_key_end(at);
    if (colon == not_found) return (in_item || may_be_value) && c != '&' && c != '!' && take_value(at);
    if (is_new && !open(NodeKind::map, at)) return false;
    if (!add_key(at, colon)) return false;
    awaits_value_ = true;
    return lines_.ends_line(colon + 1) || take_value(lines_.skip_blanks(colon + 1));
  }

  /// Where a key may begin with its properties, yaml-cpp counts the indentation of a scalar behind them from
  /// them on: those over several lines are left to it.
  bool take_property_item(std::uint32_t at) {
    after_property_ = true;
    const bool taken = take_value(at);
    after_property_ = false;
    plain_may_continue_ = false;
    return taken;
  }

  bool open(NodeKind kind, std::uint32_t at) {
    awaits_value_ = false;
    return nodes_.open(kind, at, column_of(at));
  }

  /// The colon behind the key that begins at a byte, if one does.
  [[nodiscard]] std::uint32_t quoted_key_end(std::uint32_t at) const {
    const std::uint32_t close = fast::simple_quote_end(lines_, at);
    if (close == not_found) return not_found;
    const std::uint32_t colon = lines_.skip_spaces(close + 1);
    return lines_.is_colon(colon) ? colon : not_found;
  }
  [[nodiscard]] std::uint32_t plain_key_end(std::uint32_t at) const {
    const std::uint32_t stop = lines_.plain_stop(at);
    return lines_.is_colon(stop) ? stop : not_found;
  }

  bool add_key(std::uint32_t at, std::uint32_t colon) {
    if (colon - at > longest_key) return false;
    std::uint32_t end = lines_.trimmed(at, colon);
    if (byte(at) == '"' || byte(at) == '\'') {
      nodes_.add_scalar(at, values_.slice(at + 1, end - 1), false);
      return true;
    }
    const std::string_view key = values_.slice(at, end);
    if (!lines_.is_plain(at, false) || fast::is_null_text(key)) return false;
    nodes_.add_scalar(at, key, true);
    return true;
  }

  /// A value that begins at a byte, or what stands before one that begins in a later line.
  bool take_value(std::uint32_t at) {
    lines_.outside = nodes_.in_collection() ? nodes_.top().column : 0;
    if (byte(at) == '&' || byte(at) == '!') {
      at = take_properties(at);
      if (at == not_found) return false;
      if (at == lines_.end || byte(at) == '#') return true;
    }
    awaits_value_ = false;
    switch (byte(at)) {
      case '"':
      case '\'':
        return take_scalar(at, fast::read_quoted(lines_, at, values_));
      case '[':
      case '{':
        at = fast::read_flow(lines_, at, nodes_, values_);
        return at != not_found && lines_.ends_line(at);
      case '|':
      case '>':
        if (after_property_) return false;
        return take_scalar(at, fast::read_block(lines_, at, values_));
      case '*': {
        const std::uint32_t end = lines_.name_end(at + 1);
        return end != not_found && lines_.ends_line(end) && nodes_.add_alias(at, values_.slice(at + 1, end));
      }
      default:
        return take_plain(at);
    }
  }

  bool take_scalar(std::uint32_t mark, const fast::Scalar& scalar) {
    if (scalar.end == not_found || !lines_.ends_line(scalar.end)) return false;
    nodes_.add_scalar(mark, scalar.value, false);
    return true;
  }

  /// The byte behind properties and the blanks that follow, or the line's end; not_found for those that
  /// yaml-cpp refuses or that are none of the usual.
  std::uint32_t take_properties(std::uint32_t at) {
    Properties& properties = nodes_.properties;
    properties.mark = at;
    while (at < lines_.end && (byte(at) == '&' || byte(at) == '!')) {
      const std::uint32_t end = lines_.name_end(at + 1);
      if (end == not_found || !lines_.blank_at(end)) return not_found;
      std::string_view& property = byte(at) == '&' ? properties.anchor : properties.tag;
      if (!property.empty()) return not_found;
      property = values_.slice(byte(at) == '&' ? at + 1 : at, end);
      at = lines_.skip_blanks(end);
    }
    std::string_view& tag = properties.tag;
    if (!tag.empty() && !is_usual_tag(tag)) return not_found;
    if (tag.starts_with("!!")) tag = values_.arena.copy("tag:yaml.org,2002:" + std::string(tag.substr(2)));
    return at;
  }

  bool take_plain(std::uint32_t at) {
    if (!lines_.is_plain(at, false)) return false;
    const std::uint32_t stop = lines_.plain_stop(at);
    if (lines_.is_colon(stop)) return false;
    nodes_.add_scalar(at, values_.slice(at, lines_.trimmed(at, stop)), true);
    if (stop < lines_.end) return true;
    open_plain_ = nodes_.last();
    plain_may_continue_ = true;
    blank_lines_ = 0;
    return true;
  }

  /// Lines that belong to a plain scalar above them.
  bool continue_plain(NodeIndex index) {
    if (!plain_may_continue_ || nodes_[index].kind != NodeKind::scalar) return false;
    if (nodes_.top().column == 0) lines_.misleading = true;
    std::string& value = values_.scratch;
    value = nodes_[index].value;
    bool continues = true;
    while (continues) {
      const std::uint32_t stop = lines_.plain_stop(text_);
      if (byte(text_) == '\t' || lines_.is_colon(stop)) return false;
      blank_lines_ == 0 ? value.append(1, ' ') : value.append(blank_lines_, '\n');
      value += lines_.between(text_, lines_.trimmed(text_, stop));
      blank_lines_ = 0;
      open_plain_ = stop < lines_.end ? no_node : index;
      if (open_plain_ == no_node || !next_line()) break;
      continues = open_plain_ != no_node && column_of(text_) > nodes_.top().column;
      if (!continues) lines_.next = lines_.begin;  // to be read again
    }
    nodes_[index].value = values_.arena.copy(value);
    return true;
  }

  fast::Lines lines_;
  fast::Nodes nodes_;
  fast::Values values_;
  bool awaits_value_ = false;        ///< a key or a dash was read, its value was not
  bool marked_ = false;              ///< there was a `---`
  NodeIndex open_plain_ = no_node;   ///< a plain scalar that the next line may continue
  bool plain_may_continue_ = false;  ///< as far as is known for sure
  bool after_property_ = false;
  std::uint32_t blank_lines_ = 0;  ///< since it
  std::uint32_t construct_ = 0;    ///< where the line begins in which what is read began
  bool misleading_ = false;        ///< of the lines before it
  std::uint32_t text_ = 0;
};

}  // namespace

FastReading read_fast(const Source& source, std::string_view bytes, Arena& arena) {
  return FastReader(source, bytes, arena).run();
}

}  // namespace imglint::yaml
