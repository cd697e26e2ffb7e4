#include "check/statement_lines.hpp"

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"

namespace imglint {
namespace {

/// In a Dockerfile a hash alone begins a comment, in others two slashes and a semicolon do as well.
bool is_comment_or_blank(const Document& document, std::string_view line) {
  const std::string_view text = trimmed(line);
  if (text.empty() || text.front() == '#') return true;
  return !document.file_part().has_stages && (text.front() == ';' || text.starts_with("//"));
}

bool is_continued(std::string_view line, char escape) {
  const std::string_view text = trimmed(line);
  return !text.empty() && text.back() == escape && !(text.size() > 1 && text[text.size() - 2] == escape);
}

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

bool is_list_item(std::string_view line) {
  const std::string_view text = trimmed(line);
  return text == "-" || text.starts_with("- ");
}

bool is_sign(std::string_view text, char sign) {
  return text.starts_with(sign) && (text.size() == 1 || text[1] == ' ' || text[1] == '\t');
}

/// `? a`, whose value stands below it behind a colon, as far to the right.
bool is_explicit_key(std::string_view line) { return is_sign(trimmed(line), '?'); }
bool is_explicit_value(std::string_view line) { return is_sign(trimmed(line), ':'); }

/// What stands behind a key on its line, without an anchor and a comment.
std::string_view value_on(std::string_view line) {
  std::string_view text = trimmed(line);
  const std::size_t colon = std::min(text.find(": "), text.size() - 1);
  text = trimmed(text.substr(colon + 1));
  if (text.starts_with('&')) text = trimmed(text.substr(std::min(text.find(' '), text.size())));
  return text.starts_with('#') ? std::string_view() : text;
}

/// A key stands close above its value; further up it is not searched, so that many places stay cheap.
constexpr std::uint32_t most_lines_up = 200;

}  // namespace

std::string_view StatementLines::line(std::uint32_t number) const {
  Span span = document_->source->line(number);
  if (number == 1) span.begin = document_->source->text_begin();
  return document_->source->text(span);
}

std::uint32_t StatementLines::instruction_line(std::uint32_t offset) {
  if (first_lines_.empty()) find_instructions();
  return first_lines_[document_->source->position(offset).line - 1];
}

void StatementLines::find_instructions() {
  bool continued = false;
  std::uint32_t first = 1;
  for (std::uint32_t number = 1; number <= document_->source->line_count(); ++number) {
    if (!continued) first = number;
    first_lines_.push_back(first);
    if (!is_comment_or_blank(*document_, line(number)))
      continued = is_continued(line(number), document_->parts.back().escape);
  }
}

std::uint32_t StatementLines::key_line(std::uint32_t offset) const {
  const Source& source = *document_->source;
  const auto& uses = document_->uses;
  const auto after =
      std::upper_bound(uses.begin(), uses.end(), offset,
                       [](std::uint32_t place, const ImageUse& use) { return place < use.span.begin; });
  const std::uint32_t own = source.position(offset).line;
  if (after == uses.begin()) return own;
  const ImageUse& use = *std::prev(after);
  if (document_->part_of(use).nested || offset > use.span.end) return own;
  std::uint32_t begin = use.span.begin;
  for (const Piece& piece : use.written.pieces())
    if (piece.source == &source) begin = std::min(begin, piece.span.begin);

  const Position token = source.position(begin);
  const std::size_t indent = indentation(line(token.line));
  // Something stands before the value on its line, a key or the colon of one that stands above.
  if (indent + 1 < token.column) return line_of_key(token.line);
  const std::uint32_t top = token.line > most_lines_up ? token.line - most_lines_up : 1;
  for (std::uint32_t number = token.line - 1; number >= top && number > 0; --number) {
    if (!is_comment_or_blank(*document_, line(number)) && indentation(line(number)) < indent)
      return line_of_key(number);
  }
  return token.line;
}

/// Of a line that has a key's value: that of the key.
std::uint32_t StatementLines::line_of_key(std::uint32_t number) const {
  if (!is_explicit_value(line(number))) return number;
  const std::size_t indent = indentation(line(number));
  const std::uint32_t top = number > most_lines_up ? number - most_lines_up : 1;
  for (std::uint32_t above = number - 1; above >= top && above > 0; --above) {
    const std::string_view text = line(above);
    if (is_comment_or_blank(*document_, text) || indentation(text) > indent) continue;
    return indentation(text) == indent && is_explicit_key(text) ? above : number;
  }
  return number;
}

std::uint32_t StatementLines::next_line(std::uint32_t after) {
  if (next_lines_.empty()) find_next_lines();
  return next_lines_[after];
}

std::uint32_t StatementLines::block_end(std::uint32_t first) const {
  const Source& source = *document_->source;
  const std::size_t indent = indentation(line(first));
  const bool is_item = is_list_item(line(first));
  bool wants_value = is_explicit_key(line(first));
  std::uint32_t last = first;
  for (std::uint32_t number = first + 1; number <= source.line_count(); ++number) {
    const std::string_view text = line(number);
    if (is_comment_or_blank(*document_, text)) continue;
    const std::size_t own = indentation(text);
    const bool is_value = wants_value && own == indent && is_explicit_value(text);
    if (is_value) wants_value = false;
    if (own < indent || (own == indent && !is_value && (is_item || !is_list_item(text)))) break;
    last = number;
  }
  return source.line(last).end;
}

bool StatementLines::is_group(std::uint32_t first) const {
  if (indentation(line(first)) > 0 || is_list_item(line(first))) return false;
  std::uint32_t members = 0;
  std::size_t indent = 0;
  bool is_open = false;  // what the last member has begins on a line below it
  for (std::uint32_t number = first + 1; number <= document_->source->line_count(); ++number) {
    const std::string_view text = line(number);
    if (is_comment_or_blank(*document_, text)) continue;
    const std::size_t own = indentation(text);
    if (own == 0) break;
    if (members == 0) indent = own;
    if (own > indent) {
      if (is_open && is_list_item(text)) return false;
      is_open = false;
      continue;
    }
    if (is_open || is_list_item(text)) return false;
    ++members;
    const std::string_view value = value_on(text);
    is_open = value.empty();
    if (!is_open && value.front() != '{') return false;
  }
  return members > 0 && !is_open;
}

void StatementLines::find_next_lines() {
  std::uint32_t next = 0;
  next_lines_.resize(document_->source->line_count() + 1);
  for (std::uint32_t number = document_->source->line_count(); number > 0; --number) {
    next_lines_[number] = next;
    if (!is_comment_or_blank(*document_, line(number))) next = number;
  }
  next_lines_[0] = next;
}

}  // namespace imglint
