#include "kinds/line_comments.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

#include "model/linter_comment.hpp"

namespace imglint {
namespace {

constexpr std::string_view signs = "#/;";
constexpr std::string_view blanks = " \t";

bool holds(std::string_view text, std::string_view word) {
  return memmem(text.data(), text.size(), word.data(), word.size()) != nullptr;
}

/// Where the name begins, in letters of any case, at or behind an offset; npos if it does not.
std::size_t find_name(std::string_view text, std::size_t from) {
  for (auto at = text.find_first_of("iI", from); at != text.npos; at = text.find_first_of("iI", at + 1))
    if (begins_own_name(text.substr(at))) return at;
  return text.npos;
}

bool begins_line_or_word(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n';
}

/// Where the comment begins whose first word is at an offset; npos if none does.
std::size_t sign_before(std::string_view line, std::size_t word) {
  const auto sign = line.find_last_not_of(blanks, word == 0 ? 0 : word - 1);
  if (word == 0 || sign == line.npos || signs.find(line[sign]) == signs.npos) return line.npos;
  std::size_t begin = sign;
  while (begin > 0 && line[begin - 1] == line[sign]) --begin;
  if (line[sign] == '/' && sign == begin) return line.npos;
  return begins_line_or_word(line, begin) ? begin : line.npos;
}

/// Where the text of a line begins: behind blanks and, on an indented line, the signs among them.
std::size_t text_begin(std::string_view line, std::string_view prefixes) {
  std::size_t begin = std::min(line.find_first_not_of(blanks), line.size());
  while (begin > 0 && begin < line.size() && prefixes.find(line[begin]) != prefixes.npos)
    begin = std::min(line.find_first_not_of(blanks, begin + 1), line.size());
  return begin;
}

/// Where the first comment of a line begins that begins with the name; npos if there is none.
std::size_t comment_begin(std::string_view line) {
  std::size_t begin = line.npos;
  for (auto word = find_name(line, 0); word != line.npos && begin == line.npos;
       word = find_name(line, word + own_linter_name.size()))
    begin = sign_before(line, word);
  return begin;
}

/// How blocks of comment are written: `/* … */`, the same in an action of a template, or as in HTML.
enum class Around : std::uint8_t { nothing, action, markup };
constexpr std::string_view markup_opening = "<!--";

std::string_view closing_of(Around around) { return around == Around::markup ? "-->" : "*/"; }

/// Where `/*`, `{{- /*` or `<!--` begins, with nothing but blanks and asterisks up to a word; npos if none
/// does.
std::size_t block_begin(std::string_view text, std::size_t word, Around around) {
  if (word == 0) return text.npos;
  std::size_t at = text.find_last_not_of(" \t\r\n*", word - 1);
  if (at == text.npos) return text.npos;
  if (around == Around::markup) {
    const bool opens = text.substr(0, at + 1).ends_with(markup_opening);
    return opens ? at + 1 - markup_opening.size() : text.npos;
  }
  if (text[at] != '/' || text[at + 1] != '*') return text.npos;
  if (around == Around::nothing) return begins_line_or_word(text, at) ? at : text.npos;
  at = at == 0 ? text.npos : text.find_last_not_of(blanks, at - 1);
  if (at != text.npos && at > 0 && text[at] == '-') --at;
  return at != text.npos && at > 0 && text.substr(at - 1, 2) == "{{" ? at - 1 : text.npos;
}

/// Behind the `*/` or `-->` at an offset or behind ` -}}` after it; npos if that is missing.
std::size_t block_end(std::string_view text, std::size_t close, Around around) {
  if (around != Around::action) return close + closing_of(around).size();
  auto at = text.find_first_not_of(blanks, close + 2);
  if (at != text.npos && text[at] == '-') ++at;
  return at != text.npos && text.substr(at, 2) == "}}" ? at + 2 : text.npos;
}

/// Whether nothing else stands on the lines of a comment.
bool has_own_lines(std::string_view text, std::size_t begin, std::size_t end) {
  const auto before = begin == 0 ? text.npos : text.find_last_not_of(blanks, begin - 1);
  const auto behind = text.find_first_not_of(" \t\r", end);
  return (before == text.npos || text[before] == '\n') && (behind == text.npos || text[behind] == '\n');
}

void add_block_comments(const Source& source, Around around, std::vector<Comment>& comments) {
  const std::uint32_t first = source.text_begin();
  const std::string_view text = source.bytes().substr(first);
  if (!mentions_imglint(text)) return;
  const std::size_t others = comments.size();
  std::size_t close = 0;
  for (auto word = find_name(text, 0); word != text.npos; word = find_name(text, word)) {
    const std::size_t begin = block_begin(text, word, around);
    word += own_linter_name.size();
    if (begin == text.npos) continue;
    if (close < word) close = text.find(closing_of(around), word);
    if (close == text.npos) break;
    const std::size_t end = block_end(text, close, around);
    if (end == text.npos) continue;
    comments.push_back(
        {.span = {first + static_cast<std::uint32_t>(begin), first + static_cast<std::uint32_t>(end)},
         .own_line = has_own_lines(text, begin, end)});
    word = end;
  }
  if (others > 0 && comments.size() > others) std::ranges::stable_sort(comments, {}, &Comment::span);
}

}  // namespace

bool mentions_imglint(std::string_view text) {
  return holds(text, "mglint") || holds(text, "MGLINT") || holds(text, "mgLint");
}

void add_line_comments(const Source& source, Span within, std::vector<Comment>& comments,
                       std::string_view prefixes) {
  if (within.empty() || !mentions_imglint(source.text(within))) return;
  const std::uint32_t last = source.position(within.end - 1).line;
  for (std::uint32_t number = source.position(within.begin).line; number <= last; ++number) {
    Span line = source.line(number);
    if (number == 1) line.begin = source.text_begin();
    line.begin += static_cast<std::uint32_t>(text_begin(source.text(line), prefixes));
    const std::string_view text = source.text(line);
    const std::size_t begin = comment_begin(text);
    if (begin == text.npos) continue;
    const auto end = text.find_last_not_of(" \t\r") + 1;
    comments.push_back({.span = {line.begin + static_cast<std::uint32_t>(begin),
                                 line.begin + static_cast<std::uint32_t>(end)},
                        .own_line = begin == 0});
  }
}

std::vector<Comment> line_comments(const Source& source, std::string_view prefixes) {
  std::vector<Comment> comments;
  add_line_comments(source, {source.text_begin(), static_cast<std::uint32_t>(source.bytes().size())},
                    comments, prefixes);
  return comments;
}

std::vector<Comment> code_comments(const Source& source) {
  std::vector<Comment> comments = line_comments(source);
  add_block_comments(source, Around::nothing, comments);
  return comments;
}

void add_action_comments(const Source& source, std::vector<Comment>& comments) {
  add_block_comments(source, Around::action, comments);
}

std::vector<Comment> markup_comments(const Source& source) {
  std::vector<Comment> comments;
  add_block_comments(source, Around::markup, comments);
  return comments;
}

}  // namespace imglint
