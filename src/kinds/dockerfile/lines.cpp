#include "kinds/dockerfile/lines.hpp"

#include <algorithm>
#include <cstring>

#include "kinds/dockerfile/text.hpp"
#include "model/linter_comment.hpp"

namespace imglint::dockerfile {
namespace {

constexpr std::uint32_t longest_line = 65'536;  // with its LF; a last line without one may have one byte less

}  // namespace

std::uint32_t LogicalLine::input_offset(std::uint32_t at) const {
  if (joins.empty()) return place.begin + at;
  const auto after = std::partition_point(joins.begin(), joins.end(), [&](Join j) { return j.text <= at; });
  const Join& join = *std::prev(after);
  return join.input + (at - join.text);
}

bool LineReader::next_physical(TextRange& line) {
  if (at_ >= input_.size()) return false;
  const char* begin = input_.data() + at_;
  const void* found = std::memchr(begin, '\n', input_.size() - at_);
  const auto end =
      found ? static_cast<std::uint32_t>(static_cast<const char*>(found) - input_.data()) : size_of(input_);
  line = {at_, end};
  const std::uint32_t size = at_ == begin_ ? end : line.size();  // a byte order mark counts
  if (size >= longest_line) long_lines_.push_back(line);
  at_ = found ? end + 1 : end;
  while (line.end > line.begin && input_[line.end - 1] == '\r') --line.end;
  return true;
}

bool LineReader::is_comment(TextRange line, std::uint32_t first) {
  if (first == line.end || input_[first] != '#') return false;
  const TextRange text{first, line.end};
  if (names_linter(text.of(input_))) linter_comments_.push_back(trim(input_, text));
  return true;
}

bool LineReader::is_continued(TextRange& line) const {
  std::uint32_t end = line.end;
  while (end > line.begin && (input_[end - 1] == ' ' || input_[end - 1] == '\t')) --end;
  if (end == line.begin || input_[end - 1] != escape_) return false;
  --end;
  if (end > line.begin && input_[end - 1] == escape_) return false;
  line.end = end;
  return true;
}

void LineReader::join(TextRange part) {
  if (part.empty()) return;
  joins_.push_back({size_of(joined_), part.begin});
  joined_.append(part.of(input_));
}

void LineReader::join_following(TextRange first, LogicalLine& line) {
  joined_.clear();
  joins_.clear();
  join(first);
  TextRange part;
  for (bool continued = true; continued && next_physical(part);) {
    const std::uint32_t begin = trim_front(input_, part).begin;
    if (begin == part.end || is_comment(part, begin)) continue;
    line.place.end = part.end;
    continued = is_continued(part);
    join(part);
  }
  if (joins_.empty()) joins_.push_back({0, first.begin});
  line.text = joined_;
  line.joins = joins_;
}

bool LineReader::next(LogicalLine& line) {
  TextRange part;
  while (next_physical(part)) {
    const std::uint32_t begin = trim_front(input_, part).begin;
    if (begin == part.end || is_comment(part, begin)) continue;
    part.begin = begin;
    line.place = part;
    if (is_continued(part)) {
      join_following(part, line);
    } else {
      line.text = part.of(input_);
      line.joins = {};
    }
    return true;
  }
  return false;
}

bool LineReader::skip_heredoc(std::string_view name, bool tabs) {
  TextRange line;
  while (next_physical(line)) {
    if (tabs)
      while (line.begin < line.end && input_[line.begin] == '\t') ++line.begin;
    if (line.of(input_) == name) return true;
  }
  return false;
}

}  // namespace imglint::dockerfile
