#include "edit/unified_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/printable.hpp"

namespace imglint {
namespace {

constexpr std::size_t context = 3;

/// Whole lines and what they become. An empty range of old bytes is an insert between two lines.
struct Change {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

std::size_t line_begin(std::string_view bytes, std::size_t at) {
  const auto newline = at == 0 ? bytes.npos : bytes.rfind('\n', at - 1);
  return newline == bytes.npos ? 0 : newline + 1;
}

/// After the newline, or the end of the text.
std::size_t line_end(std::string_view bytes, std::size_t at) {
  const auto newline = bytes.find('\n', at);
  return newline == bytes.npos ? bytes.size() : newline + 1;
}

bool at_line_begin(std::string_view bytes, std::size_t at) { return at == 0 || bytes[at - 1] == '\n'; }

/// Takes lines off both ends that are the same before and after.
void trim(Change& change, std::string_view bytes) {
  std::string_view old = bytes.substr(change.begin, change.end - change.begin);
  std::string_view now = change.text;
  while (!old.empty() && !now.empty()) {
    const auto end = line_end(old, 0);
    if (now.substr(0, line_end(now, 0)) != old.substr(0, end)) break;
    old.remove_prefix(end);
    now.remove_prefix(end);
  }
  while (!old.empty() && !now.empty()) {
    const auto begin = line_begin(old, old.size() - 1);
    if (now.substr(line_begin(now, now.size() - 1)) != old.substr(begin)) break;
    now.remove_suffix(old.size() - begin);
    old.remove_suffix(old.size() - begin);
  }
  change.begin = static_cast<std::size_t>(old.data() - bytes.data());
  change.end = change.begin + old.size();
  change.text = std::string(now);
}

/// The change that begins with the edit at `next`, which moves on to the first edit behind the change's
/// lines.
Change take_change(std::string_view bytes, const std::vector<Edit>& edits, std::size_t& next) {
  Change change{.begin = line_begin(bytes, edits[next].span.begin)};
  std::size_t done = change.begin;
  std::size_t end = done;
  const auto belongs = [&](const Edit& edit) {
    // At the very end of a text without a last newline an insert continues the line.
    return edit.span.begin < end || (edit.span.begin == end && !at_line_begin(bytes, end));
  };
  do {
    const Edit& edit = edits[next++];
    change.text.append(bytes, done, edit.span.begin - done).append(edit.text);
    done = edit.span.end;
    // Where both sides end with whole lines the change is complete, else the rest of the line is part of it.
    if (at_line_begin(bytes, done) && (change.text.empty() || change.text.back() == '\n')) {
      end = done;
    } else if (done >= end) {
      end = line_end(bytes, done);
    }
  } while (next < edits.size() && belongs(edits[next]));
  change.text.append(bytes, done, end - done);
  change.end = end;
  trim(change, bytes);
  return change;
}

/// The edits as changes of whole lines, in order, without those that change nothing.
std::vector<Change> changed_lines(const EditSet& set) {
  std::vector<Change> changes;
  for (std::size_t next = 0; next < set.edits().size();) {
    Change change = take_change(set.source().bytes(), set.edits(), next);
    if (change.begin != change.end || !change.text.empty()) changes.push_back(std::move(change));
  }
  return changes;
}

/// The offset so many lines further on, or the end.
std::size_t after_lines(std::string_view bytes, std::size_t at, std::size_t lines) {
  while (lines-- > 0 && at < bytes.size()) at = line_end(bytes, at);
  return at;
}

std::size_t before_lines(std::string_view bytes, std::size_t at, std::size_t lines) {
  while (lines-- > 0 && at > 0) at = line_begin(bytes, at - 1);
  return at;
}

/// Appends lines with a mark in front; gives their number.
std::size_t append_lines(std::string& to, char mark, std::string_view lines) {
  std::size_t count = 0;
  for (; !lines.empty(); ++count) {
    const auto end = line_end(lines, 0);
    (to += mark).append(lines, 0, end);
    lines.remove_prefix(end);
    if (to.back() != '\n') to += "\n\\ No newline at end of file\n";
  }
  return count;
}

/// `12,3`, or `12` for one line. Nothing stands before line 1 and is said as `0,0`.
std::string range(std::size_t line, std::size_t count) {
  if (count == 0) --line;
  return std::to_string(line) + (count == 1 ? "" : "," + std::to_string(count));
}

class DiffWriter {
 public:
  explicit DiffWriter(std::string_view bytes) : bytes_(bytes) {}

  /// A hunk of the changes from `next` that stand so close that their context touches.
  void write_hunk(const std::vector<Change>& changes, std::size_t& next) {
    std::size_t at = before_lines(bytes_, changes[next].begin, context);
    line_ += static_cast<std::size_t>(
        std::count(bytes_.begin() + offset(done_), bytes_.begin() + offset(at), '\n'));
    std::string body;
    std::size_t kept = 0, old_lines = 0, new_lines = 0;
    do {
      const Change& change = changes[next++];
      kept += append_lines(body, ' ', bytes_.substr(at, change.begin - at));
      old_lines += append_lines(body, '-', bytes_.substr(change.begin, change.end - change.begin));
      new_lines += append_lines(body, '+', change.text);
      at = change.end;
    } while (next < changes.size() && changes[next].begin <= after_lines(bytes_, at, 2 * context));
    done_ = after_lines(bytes_, at, context);
    kept += append_lines(body, ' ', bytes_.substr(at, done_ - at));
    text_ += "@@ -" + range(line_, kept + old_lines) + " +" +
             range(line_ + added_ - removed_, kept + new_lines) + " @@\n" + body;
    line_ += kept + old_lines;
    added_ += new_lines;
    removed_ += old_lines;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static std::ptrdiff_t offset(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }

  std::string_view bytes_;
  std::string text_;
  std::size_t done_ = 0;  ///< bytes before this are behind us
  std::size_t line_ = 1;  ///< of the byte at done_
  std::size_t added_ = 0;
  std::size_t removed_ = 0;
};

void append_quoted(std::string& to, char byte) {
  constexpr std::string_view plain = "\a\b\t\n\v\f\r\"\\", letters = "abtnvfr\"\\";
  to += '\\';
  if (const auto known = plain.find(byte); known != plain.npos) {
    to += letters[known];
    return;
  }
  const auto value = static_cast<unsigned char>(byte);
  for (const int shift : {6, 3, 0}) to += static_cast<char>('0' + (value >> shift & 7));
}

}  // namespace

std::string diff_label(std::string_view side, std::string_view path) {
  while (path.starts_with('/') || path.starts_with("./")) path.remove_prefix(path[0] == '/' ? 1 : 2);
  std::string label(side);
  bool quoted = path.ends_with(' ');  // or patch would not see the blank
  for (std::string_view rest = path; !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    const bool as_it_is = is_printable(point) && rest[0] != '"' && rest[0] != '\\';
    for (const char byte : rest.substr(0, point.size)) {
      if (as_it_is) {
        label += byte;
      } else {
        append_quoted(label, byte);
      }
    }
    quoted = quoted || !as_it_is;
    rest.remove_prefix(point.size);
  }
  if (quoted) label = '"' + label + '"';
  if (path.find(' ') != path.npos) label += '\t';
  return label;
}

std::string unified_diff(const EditSet& edits) {
  const std::vector<Change> changes = changed_lines(edits);
  if (changes.empty()) return {};
  DiffWriter writer(edits.source().bytes());
  for (std::size_t next = 0; next < changes.size();) writer.write_hunk(changes, next);
  const std::string& path = edits.source().path();
  return "--- " + diff_label("a/", path) + "\n+++ " + diff_label("b/", path) + "\n" + writer.text();
}

}  // namespace imglint
