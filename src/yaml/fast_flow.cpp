#include "yaml/fast_flow.hpp"

namespace imglint::yaml::fast {
namespace {

class FlowReader {
 public:
  FlowReader(Lines& lines, Nodes& nodes, Values& values)
      : lines_(lines), nodes_(nodes), values_(values), depth_(nodes.depth()) {}

  std::uint32_t run(std::uint32_t at) {
    if (!open(at)) return not_found;
    while (nodes_.depth() > depth_ && at != not_found) {
      at = skip(at + 1);  // behind a bracket that opens, or a comma
      if (at == not_found) return not_found;
      if (!closes(at)) at = take_entry(at);
      if (at == not_found || opened_) continue;
      at = take_ends(at);
    }
    return at;
  }

 private:
  [[nodiscard]] char byte(std::uint32_t at) const { return lines_.bytes[at]; }
  [[nodiscard]] bool in_map() const { return !nodes_.top().sequence; }
  [[nodiscard]] bool closes(std::uint32_t at) const { return byte(at) == (in_map() ? '}' : ']'); }

  bool open(std::uint32_t at) {
    opened_ = true;
    return nodes_.open(byte(at) == '[' ? NodeKind::sequence : NodeKind::map, at, 0, true);
  }

  /// The next byte that is no blank, line end or comment.
  std::uint32_t skip(std::uint32_t at) {
    opened_ = false;
    std::uint32_t text = lines_.skip_blanks(at);
    bool may_be_comment = text > at;
    while (text == lines_.end || byte(text) == '#') {
      if (text < lines_.end && !may_be_comment) return not_found;
      text = lines_.advance_inside();
      if (text == not_found) return not_found;
      may_be_comment = true;
    }
    return text;
  }

  /// An item, or a key and a value, or a key and the bracket that opens its value.
  std::uint32_t take_entry(std::uint32_t at) {
    if (in_map()) {
      at = take_key(at);
      if (at != not_found) at = skip(at + 1);
      if (at == not_found) return not_found;
      if (byte(at) == ',' || byte(at) == '}') {
        nodes_.add_null(at);
        return at;
      }
    }
    if (byte(at) == '[' || byte(at) == '{') return open(at) ? at : not_found;
    at = take_scalar(at);
    return at == not_found ? at : skip(at);
  }

  /// The colon behind a key.
  std::uint32_t take_key(std::uint32_t at) {
    if (byte(at) == '"' || byte(at) == '\'') {
      const std::uint32_t close = simple_quote_end(lines_, at);
      if (close == not_found) return not_found;
      const std::uint32_t colon = lines_.skip_blanks(close + 1);
      if (colon == lines_.end || byte(colon) != ':' || colon - at > longest_key) return not_found;
      nodes_.add_scalar(at, values_.slice(at + 1, close), false);
      return colon;
    }
    if (!lines_.is_plain(at, true)) return not_found;
    const std::uint32_t colon = lines_.flow_plain_stop(at);
    if (!lines_.is_colon(colon) || colon - at > longest_key) return not_found;
    const std::string_view key = values_.slice(at, lines_.trimmed(at, colon));
    if (is_null_text(key)) return not_found;
    nodes_.add_scalar(at, key, true);
    return colon;
  }

  std::uint32_t take_scalar(std::uint32_t at) {
    if (byte(at) == '"' || byte(at) == '\'') {
      const Scalar scalar = read_quoted(lines_, at, values_);
      if (scalar.end != not_found) nodes_.add_scalar(at, scalar.value, false);
      return scalar.end;
    }
    if (byte(at) == '*') {
      const std::uint32_t end = lines_.name_end(at + 1);
      return end != not_found && nodes_.add_alias(at, values_.slice(at + 1, end)) ? end : not_found;
    }
    if (!lines_.is_plain(at, true)) return not_found;
    const std::uint32_t stop = lines_.flow_plain_stop(at);
    const std::uint32_t end = lines_.trimmed(at, stop);
    nodes_.add_scalar(at, values_.slice(at, end), true);
    return end;
  }

  /// Over brackets that close, to the comma behind them or behind the last bracket.
  std::uint32_t take_ends(std::uint32_t at) {
    while (closes(at)) {
      nodes_.close();
      ++at;
      if (nodes_.depth() == depth_) return at;
      at = skip(at);
      if (at == not_found) return not_found;
    }
    return byte(at) == ',' ? at : not_found;
  }

  Lines& lines_;
  Nodes& nodes_;
  Values& values_;
  std::size_t depth_;  ///< outside of the brackets
  bool opened_ = false;
};

}  // namespace

std::uint32_t read_flow(Lines& lines, std::uint32_t at, Nodes& nodes, Values& values) {
  return FlowReader(lines, nodes, values).run(at);
}

}  // namespace imglint::yaml::fast
