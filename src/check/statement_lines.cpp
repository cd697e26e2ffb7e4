#include "check/statement_lines.hpp"

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"
#include "kinds/kind.hpp"

namespace imglint {
namespace {

/// `/* … */` or, of a template, `{{- /* … */ -}}`, or `<!-- … -->`, on one line.
bool is_block_comment(std::string_view text) {
  if (text.starts_with("<!--")) return text.find("-->") == text.size() - 3;
  if (text.starts_with("{{")) text.remove_prefix(std::min(text.find_first_not_of("{- "), text.size()));
  const auto close = text.starts_with("/*") ? text.find("*/") : text.npos;
  return close != text.npos && text.find_first_not_of(" -}", close + 2) == text.npos;
}

/// A line without blanks around it, and without the signs that make reads at the beginning of a recipe's.
std::string_view text_of(const Document& document, std::string_view line) {
  const std::string_view text = trimmed(line);
  if (document.kind->is_yaml || document.file_part().has_stages || !line.starts_with('\t')) return text;
  return text.substr(std::min(text.find_first_not_of("@-+ \t"), text.size()));
}

/// In a Dockerfile a hash alone begins a comment, in others two slashes, a semicolon and blocks do as well.
bool is_comment_or_blank(const Document& document, std::string_view line) {
  const std::string_view text = text_of(document, line);
  if (text.empty() || text.front() == '#') return true;
  if (document.file_part().has_stages) return false;
  return text.front() == ';' || text.starts_with("//") || is_block_comment(text);
}

/// What opens or closes a fence of Markdown, perhaps behind the marker of a list's item; empty without.
std::string_view fence_marks(std::string_view line) {
  const auto begin = line.find_first_of("`~");
  if (begin == line.npos || line.substr(0, begin).find_first_not_of(" \t-*+.)0123456789") != line.npos)
    return {};
  const auto end = std::min(line.find_first_not_of(line[begin], begin), line.size());
  return end - begin < 3 ? std::string_view() : line.substr(begin, end - begin);
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

/// A text without the anchor and the tag that it begins with.
std::string_view without_properties(std::string_view text) {
  text = trimmed(text);
  while (text.starts_with('&') || text.starts_with('!'))
    text = trimmed(text.substr(std::min(text.find_first_of(" \t"), text.size())));
  return text;
}

/// What stands behind a key on its line, without its properties and a comment.
std::string_view value_on(std::string_view line) {
  std::string_view text = trimmed(line);
  const std::size_t colon = std::min(text.find(": "), text.size() - 1);
  text = without_properties(text.substr(colon + 1));
  return text.starts_with('#') ? std::string_view() : text;
}

/// `---` begins a YAML document, `...` ends one.
bool is_document_mark(std::string_view line) {
  if (!line.starts_with("---") && !line.starts_with("...")) return false;
  return line.size() == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\r';
}

bool opens_brackets(std::string_view line) {
  const std::string_view text = trimmed(line);
  return text.ends_with('[') || text.ends_with('{') || text.ends_with('(');
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
  std::uint32_t number = line_of_value(offset);
  if (document_->kind->is_yaml) return number;
  const std::uint32_t top = number > most_lines_up ? number - most_lines_up : 1;
  while (number > top && is_continued(line(number - 1), '\\')) --number;
  return number;
}

/// Where what holds a value begins, whatever lines a shell joins.
std::uint32_t StatementLines::line_of_value(std::uint32_t offset) const {
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
  // Something else than its properties stands before the value, a key or the colon of one that stands above.
  std::string_view before = line(token.line).substr(0, token.column - 1);
  const bool is_quoted = before.ends_with('"') || before.ends_with('\'');
  if (is_quoted) before.remove_suffix(1);
  if (!without_properties(before).empty()) return line_of_key(token.line);
  const std::uint32_t top = token.line > most_lines_up ? token.line - most_lines_up : 1;
  for (std::uint32_t number = token.line - 1; number >= top && number > 0; --number) {
    if (is_comment_or_blank(*document_, line(number)) || indentation(line(number)) >= indent) continue;
    // Of a list in brackets each text is a value of its own.
    return is_quoted && opens_brackets(line(number)) ? token.line : line_of_key(number);
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
  if (const std::uint32_t closing = closing_line(first); closing > 0) return source.line(closing).end;
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

bool StatementLines::begins_document(std::uint32_t first) const {
  if (is_document_mark(line(first))) return line(first).starts_with("---");
  const std::uint32_t top = first > most_lines_up ? first - most_lines_up : 1;
  std::uint32_t number = first - 1;
  while (number >= top && is_comment_or_blank(*document_, line(number))) --number;
  return number == 0 || (number >= top && is_document_mark(line(number)));
}

std::uint32_t StatementLines::document_end(std::uint32_t first) const {
  const Source& source = *document_->source;
  std::uint32_t last = first;
  while (last < source.line_count() && !is_document_mark(line(last + 1))) ++last;
  return source.line(last).end;
}

/// Of what a line opens with a bracket, where indentation means nothing: a heredoc stands anywhere. 0
/// without.
std::uint32_t StatementLines::closing_line(std::uint32_t first) const {
  if (document_->kind->is_yaml || !opens_brackets(line(first))) return 0;
  const std::string_view opening = line(first);
  const std::string_view blanks = opening.substr(0, opening.find_first_not_of(" \t"));
  for (std::uint32_t number = first + 1; number <= document_->source->line_count(); ++number) {
    const std::string_view text = line(number);
    if (text.starts_with(blanks) && text.find_first_of("]})", blanks.size()) == blanks.size()) return number;
  }
  return 0;
}

Span StatementLines::fence_at(std::uint32_t first) const {
  const std::string_view marks = fence_marks(line(first));
  if (marks.empty()) return {};
  const Source& source = *document_->source;
  std::uint32_t last = first + 1;
  while (last < source.line_count() && !fence_marks(line(last)).starts_with(marks)) ++last;
  return {source.line(first).begin, source.line(std::min(last, source.line_count())).end};
}

/// Columns before the first level of the YAML around a line: none in a file, and perhaps some in a fence.
std::size_t StatementLines::top_around(std::uint32_t number) const {
  if (document_->kind->is_yaml) return 0;
  const std::uint32_t end = number > most_lines_up ? number - most_lines_up : 0;
  std::size_t top = 0;
  for (; number > end && fence_marks(line(number)).empty(); --number)
    if (!is_comment_or_blank(*document_, line(number))) top = indentation(line(number));
  return number > end ? top : 0;
}

bool StatementLines::is_group(std::uint32_t first) const {
  const std::size_t top = top_around(first);
  if (indentation(line(first)) > top || is_list_item(line(first))) return false;
  std::uint32_t members = 0;
  std::size_t indent = 0;
  bool is_open = false;  // what the last member has begins on a line below it
  for (std::uint32_t number = first + 1; number <= document_->source->line_count(); ++number) {
    const std::string_view text = line(number);
    if (is_comment_or_blank(*document_, text)) continue;
    const std::size_t own = indentation(text);
    if (own <= top) break;
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
