#include "yaml/blocks.hpp"

#include <algorithm>
#include <vector>

namespace imglint::yaml {
namespace {

struct Line {
  Span span;  ///< with its end of line
  std::uint32_t indent = 0;
  bool is_blank = false;   ///< or a comment
  bool is_marker = false;  ///< `---` or `...`
};

constexpr std::size_t deepest = 0xFFFFFFFF;

std::vector<Line> lines_of(std::string_view bytes) {
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size() - 1) + 1;
    const std::string_view text = bytes.substr(begin, end - begin);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    // YAML takes no tab for indentation: such a line belongs to what stands above it.
    const std::size_t spaces = std::min(text.find_first_not_of(' '), text.size());
    const std::size_t indent = text.substr(spaces).starts_with('\t') ? deepest : spaces;
    lines.push_back({.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                     .indent = static_cast<std::uint32_t>(indent),
                     .is_blank = first == std::string_view::npos || text[first] == '#',
                     .is_marker = text.starts_with("---") || text.starts_with("...")});
    begin = end;
  }
  return lines;
}

/// The block that a line heads: the line and all that follow and are indented more.
Span block_of(const std::vector<Line>& lines, std::size_t head) {
  std::size_t end = head + 1;
  while (end < lines.size() && !lines[end].is_marker &&
         (lines[end].is_blank || lines[end].indent > lines[head].indent))
    ++end;
  return {lines[head].span.begin, lines[end - 1].span.end};
}

/// The nearest line at or before `line` that is indented by `indent` at most.
std::optional<std::size_t> head_of(const std::vector<Line>& lines, std::size_t line, std::uint32_t indent) {
  for (std::size_t i = line + 1; i-- > 0;) {
    if (lines[i].is_marker) return std::nullopt;
    if (!lines[i].is_blank && lines[i].indent <= indent) return i;
  }
  return std::nullopt;
}

std::string_view text_of(std::string_view bytes, Span span) { return bytes.substr(span.begin, span.size()); }

bool is_dash(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first != std::string_view::npos && line[first] == '-';
}

/// A line at the left edge that can be no key and opens nothing, as people leave it who are still typing.
bool is_loose_word(std::string_view line) {
  constexpr std::string_view openers = "[]{}\"'-?&*!|>%@`:\xEF";  // the last begins a byte order mark
  if (openers.find(line.front()) != std::string_view::npos) return false;
  for (auto at = line.find(':'); at != std::string_view::npos; at = line.find(':', at + 1))
    if (at + 1 == line.size() || std::string_view(" \t\r\n").find(line[at + 1]) != std::string_view::npos)
      return false;
  return true;
}

/// The first line below a key that is not blank, if it is indented.
std::optional<std::size_t> first_below(const std::vector<Line>& lines, std::size_t top) {
  std::size_t child = top + 1;
  while (child < lines.size() && lines[child].is_blank) ++child;
  return child < lines.size() && lines[child].indent > 0 ? std::optional(child) : std::nullopt;
}

/// The line above that is not blank; the first one if there is none.
std::size_t line_before(const std::vector<Line>& lines, std::size_t line) {
  while (line > 0 && lines[--line].is_blank) {
  }
  return line;
}

/// `key: value` with all of the value in one line, if it is right by itself.
bool has_whole_value(std::string_view line) {
  const auto colon = line.find(": ");
  if (colon == std::string_view::npos || line.substr(0, colon).find(" #") != std::string_view::npos)
    return false;  // none, or one of a comment
  const auto value = line.find_first_not_of(" \t\r\n", colon + 1);
  return value != std::string_view::npos &&
         std::string_view("#|>&!").find(line[value]) == std::string_view::npos;
}

/// Spaces and an end of line, nothing else.
bool is_all_spaces(std::string_view bytes, const Line& line) {
  if (!line.is_blank || line.indent == deepest) return false;
  const std::uint32_t text = line.span.begin + line.indent;
  return text < line.span.end && (bytes[text] == '\n' || bytes[text] == '\r');
}

/// Appends the lines from one on. A scalar that is not blanked grows over lines that were, each time.
void append_lines(std::string_view bytes, const std::vector<Line>& lines, std::size_t from,
                  Excerpt& excerpt) {
  std::uint32_t left_out = 0;
  for (std::size_t line = from; line < lines.size();) {
    std::size_t end = line;
    std::size_t longest = line;
    for (; end < lines.size() && is_all_spaces(bytes, lines[end]); ++end)
      if (lines[end].indent > lines[longest].indent) longest = end;
    if (end < line + 2) {
      excerpt.bytes += text_of(bytes, lines[line++].span);
      continue;
    }
    excerpt.bytes += text_of(bytes, lines[longest].span);
    left_out += lines[end - 1].span.end - lines[line].span.begin - lines[longest].span.size();
    excerpt.gaps.emplace_back(static_cast<std::uint32_t>(excerpt.bytes.size()), left_out);
    line = end;
  }
}

std::size_t line_at(const std::vector<Line>& lines, std::uint32_t offset) {
  const auto after =
      std::upper_bound(lines.begin(), lines.end(), offset,
                       [](std::uint32_t at, const Line& line) { return at < line.span.begin; });
  return static_cast<std::size_t>(after - lines.begin()) - (after == lines.begin() ? 0 : 1);
}

}  // namespace

std::uint32_t Excerpt::in_file(std::uint32_t offset) const {
  std::uint32_t left_out = 0;
  for (const auto& [at, size] : gaps)
    if (at <= offset) left_out = size;
  return offset - kept + from + left_out;
}

std::optional<Span> entry_at(std::string_view bytes, std::uint32_t offset) {
  const std::vector<Line> lines = lines_of(bytes);
  if (lines.empty()) return std::nullopt;
  const std::size_t line = line_at(lines, offset);
  const auto top = head_of(lines, line, 0);
  if (!top) return std::nullopt;
  if (is_loose_word(text_of(bytes, lines[*top].span))) return lines[*top].span;
  const auto first = first_below(lines, *top);
  if (!first || *first > line) return block_of(lines, *top);
  const auto entry = head_of(lines, line, lines[*first].indent);
  return block_of(lines, entry && *entry > *top ? *entry : *top);
}

std::optional<Span> rest_of_entry_at(std::string_view bytes, std::uint32_t offset) {
  const auto entry = entry_at(bytes, offset);
  if (!entry) return std::nullopt;
  const std::vector<Line> lines = lines_of(bytes);
  const std::size_t head = line_at(lines, entry->begin);
  const std::size_t line = line_at(lines, offset);
  const auto first = first_below(lines, head);
  if (!first || lines[*first].span.begin >= entry->end || *first > line) return std::nullopt;
  const auto block = head_of(lines, line, lines[*first].indent);
  // What stands below a value that is whole belongs to something else, indented wrongly.
  if (block && *block >= *first && *block < line && line_before(lines, line) == *block &&
      has_whole_value(text_of(bytes, lines[*block].span)))
    return Span{lines[line].span.begin, entry->end};
  if (!block || *block <= *first) return std::nullopt;
  return Span{lines[*block].span.begin, entry->end};
}

std::optional<Excerpt> excerpt_from(std::string_view bytes, std::uint32_t offset, std::string_view anchors) {
  const std::vector<Line> lines = lines_of(bytes);
  const std::size_t line = lines.empty() ? 0 : line_at(lines, offset);
  if (line == 0) return std::nullopt;
  const auto top = head_of(lines, line - 1, 0);
  const auto first = top ? first_below(lines, *top) : std::nullopt;
  if (!first || *first >= line) return std::nullopt;
  const auto entry = head_of(lines, line - 1, lines[*first].indent);
  if (!entry || *entry <= *top) return std::nullopt;
  // A dash may belong to a key above it that is indented as much.
  for (const std::size_t head : {*top, *entry})
    if (is_dash(text_of(bytes, lines[head].span))) return std::nullopt;
  Excerpt excerpt{.bytes = std::string(anchors), .from = lines[*entry].span.begin};
  excerpt.bytes += text_of(bytes, lines[*top].span);
  // It tells how far entries are indented.
  if (*first < *entry) excerpt.bytes += text_of(bytes, block_of(lines, *first));
  excerpt.kept = static_cast<std::uint32_t>(excerpt.bytes.size());
  append_lines(bytes, lines, *entry, excerpt);
  return excerpt;
}

}  // namespace imglint::yaml
