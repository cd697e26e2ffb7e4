#include "yaml/fast_scalar.hpp"

#include "yaml/escapes.hpp"

namespace imglint::yaml::fast {
namespace {

/// The value of a hexadecimal escape's digits; not_found for what yaml-cpp refuses.
std::uint32_t hex_value(std::string_view digits) {
  std::uint32_t code = 0;
  for (const char c : digits) {
    const bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (!letter && (c < '0' || c > '9')) return not_found;
    code = code << 4 | static_cast<std::uint32_t>(letter ? (c | 0x20) - 'a' + 10 : c - '0');
  }
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code > 0x10FFFF || is_surrogate ? not_found : code;
}

/// Takes what stands behind a backslash. The byte behind it, or not_found.
std::uint32_t take_escape(const Lines& lines, std::uint32_t at, std::string& value) {
  const char letter = lines.bytes[at];
  const std::string_view text = unescape(letter);
  value += text;
  if (!text.empty()) return at + 1;
  const std::uint32_t size = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  if (size == 0 || at + 1 + size > lines.end) return not_found;
  const std::uint32_t code = hex_value(lines.between(at + 1, at + 1 + size));
  if (code == not_found) return not_found;
  append_utf8(value, code);
  return at + 1 + size;
}

/// A quoted scalar line by line.
struct Quoted {
  Lines& lines;
  std::string& value;
  char quote;
  bool escaped_break = false;  ///< the line ended with a backslash

  /// To the closing quote or to the end of the line, whose blanks are dropped.
  std::uint32_t take_line(std::uint32_t at) {
    std::size_t kept = value.size();
    while (at < lines.end) {
      const char c = lines.bytes[at];
      if (c == quote && (quote == '"' || at + 1 >= lines.end || lines.bytes[at + 1] != quote)) return at;
      if (c == '\\' && quote == '"') {
        escaped_break = ++at == lines.end;
        if (!escaped_break) at = take_escape(lines, at, value);
        if (at == not_found) return not_found;
        kept = value.size();
        continue;
      }
      at += c == quote ? 2 : 1;
      value += c;
      if (!is_blank(c)) kept = value.size();
    }
    value.resize(kept);
    return lines.end;
  }

  /// Over the end of a line and the blank lines behind it.
  std::uint32_t take_break() {
    bool blank = false;
    for (;; blank = true) {
      const std::uint32_t at = lines.advance_inside();
      if (at == not_found) return not_found;
      if (at == lines.end) {
        value += '\n';
        continue;
      }
      if (!blank && !escaped_break) value += ' ';
      escaped_break = false;
      return at;
    }
  }
};

/// A block scalar line by line, in the steps in which yaml-cpp scans it.
struct Block {
  Lines& lines;
  std::string& value;
  bool folded = false;
  char chomp = ' ';
  std::uint32_t indent = 1;
  bool detect = true;  ///< the first line that is not blank tells the indentation
  bool found = false;  ///< such a line has been read
  bool past_header = false;
  bool blank = false;  ///< the line before
  bool deeper = false;
  std::size_t breaks = 0;  ///< that wait for a line that is not blank
  bool breaks_after_deeper = false;

  bool take_header(std::uint32_t at) {
    folded = lines.bytes[at++] == '>';
    for (int i = 0; i < 2 && at < lines.end; ++i, ++at) {
      const char c = lines.bytes[at];
      if ((c == '+' || c == '-') && chomp == ' ')
        chomp = c;
      else if (c >= '1' && c <= '9' && detect)
        indent = static_cast<std::uint32_t>(c - '0'), detect = false;
      else
        break;
    }
    if (!lines.ends_line(at)) return false;
    if (lines.outside == 0) lines.misleading = true;
    indent += lines.outside;
    return true;
  }

  void take_break(bool next_blank, bool next_deeper, bool inside) {
    if (folded && breaks == 0 && next_blank) breaks_after_deeper = deeper;
    if (past_header && !folded) value += '\n';
    if (past_header && folded) {
      if (!blank && !next_blank && !deeper && !next_deeper && inside)
        value += ' ';
      else if (next_blank)
        ++breaks;
      else
        value += '\n';
      if (!next_blank && breaks > 0) {
        value.append(breaks - 1, '\n');
        if (breaks_after_deeper || next_deeper || !found) value += '\n';
        breaks = 0;
      }
    }
    blank = next_blank;
    deeper = next_deeper;
    past_header = true;
  }

  /// False where yaml-cpp refuses, or finds an indentation that is hardly meant.
  bool take_lines() {
    while (lines.next > lines.end) {  // the current line has an end
      Lines ahead = lines;
      if (!ahead.advance()) ahead.begin = ahead.end = ahead.next;
      const bool detecting = detect && !found;
      std::uint32_t text = ahead.begin;
      while (text < ahead.end && ahead.bytes[text] == ' ' && (detecting || text - ahead.begin < indent))
        ++text;
      const std::uint32_t column = text - ahead.begin;
      const bool is_end = text == ahead.end;
      if (detecting && is_end && column > indent) return false;
      if (detecting) indent = std::max(indent, column);
      if (!is_end && ahead.bytes[text] == '\t' && column < indent) return false;
      take_break(is_end && ahead.next > ahead.end, !is_end && is_blank(ahead.bytes[text]), column >= indent);
      if (!blank && column < indent) break;
      lines = ahead;
      found = found || !is_end;
      value += lines.between(text, lines.end);
    }
    return true;
  }

  void strip() {
    if (chomp == '+') return;
    const auto last = value.find_last_not_of('\n');
    const std::size_t size = last == value.npos ? 0 : last + 1;
    value.resize(std::min(value.size(), size + (chomp == ' ' && size > 0 ? 1 : 0)));
  }
};

}  // namespace

std::uint32_t simple_quote_end(const Lines& lines, std::uint32_t at) {
  const char quote = lines.bytes[at];
  const std::string_view rest = lines.between(at + 1, lines.end);
  const auto size = rest.find(quote);
  if (size == rest.npos) return not_found;
  if (quote == '\'' && size + 1 < rest.size() && rest[size + 1] == quote) return not_found;
  if (quote == '"' && rest.substr(0, size).find('\\') != rest.npos) return not_found;
  return at + 1 + static_cast<std::uint32_t>(size);
}

Scalar read_quoted(Lines& lines, std::uint32_t at, Values& values) {
  const std::uint32_t close = simple_quote_end(lines, at);
  if (close != not_found) return {close + 1, values.slice(at + 1, close)};
  values.scratch.clear();
  Quoted quoted{lines, values.scratch, lines.bytes[at]};
  for (++at;;) {
    const std::size_t before = values.scratch.size();
    const std::uint32_t first = at;
    at = quoted.take_line(at);
    if (at == not_found) return {};
    if (at < lines.end) {
      // yaml-cpp drops line breaks before the quote, but not all.
      if (at == first && before > 0 && values.scratch.back() == '\n') return {};
      return {at + 1, values.arena.copy(values.scratch)};
    }
    at = quoted.take_break();
    if (at == not_found) return {};
  }
}

Scalar read_block(Lines& lines, std::uint32_t at, Values& values) {
  values.scratch.clear();
  Block block{lines, values.scratch};
  if (!block.take_header(at) || !block.take_lines()) return {};
  block.strip();
  return {lines.end, values.arena.copy(values.scratch)};
}

}  // namespace imglint::yaml::fast
