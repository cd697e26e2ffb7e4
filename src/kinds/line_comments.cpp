#include "kinds/line_comments.hpp"

#include <algorithm>
#include <string_view>

#include "model/linter_comment.hpp"

namespace imglint {
namespace {

constexpr std::string_view signs = "#/;";

/// Where the comment begins whose first word is at an offset; the line's size if none does.
std::size_t comment_begin(std::string_view line, std::size_t word) {
  const auto sign = line.find_last_not_of(" \t", word == 0 ? 0 : word - 1);
  if (word == 0 || sign == line.npos || signs.find(line[sign]) == signs.npos) return line.size();
  std::size_t begin = sign;
  while (begin > 0 && line[begin - 1] == line[sign]) --begin;
  if (line[sign] == '/' && sign == begin) return line.size();
  const bool starts = begin == 0 || line[begin - 1] == ' ' || line[begin - 1] == '\t';
  return starts ? begin : line.size();
}

}  // namespace

std::vector<Comment> line_comments(const Source& source) {
  constexpr std::string_view name = "imglint";
  std::vector<Comment> comments;
  if (source.bytes().find(name) == std::string_view::npos) return comments;
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    Span line = source.line(number);
    if (number == 1) line.begin = source.text_begin();
    const std::string_view text = source.text(line);
    const auto word = text.find(name);
    if (word == text.npos) continue;
    const std::size_t begin = comment_begin(text, word);
    if (begin == text.size()) continue;
    const auto end = text.find_last_not_of(" \t\r") + 1;
    comments.push_back({.span = {line.begin + static_cast<std::uint32_t>(begin),
                                 line.begin + static_cast<std::uint32_t>(end)},
                        .own_line = text.find_first_not_of(" \t") == begin});
  }
  return comments;
}

}  // namespace imglint
