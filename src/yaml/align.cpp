#include "yaml/align.hpp"

#include <algorithm>
#include <string>

namespace imglint::yaml {
namespace {

/// A walk over the bytes of a source and the value they should give.
struct Walk {
  const Source& source;
  std::string_view bytes;
  std::string_view value;
  MappedTextBuilder* builder;
  std::uint32_t at = 0;  ///< in bytes
  std::size_t done = 0;  ///< of value

  [[nodiscard]] bool finished() const { return done == value.size(); }
  [[nodiscard]] std::string_view rest() const { return value.substr(done); }

  /// Length of the line break at an offset; 0 where there is none.
  [[nodiscard]] std::uint32_t break_size(std::uint32_t offset) const {
    if (bytes.substr(offset).starts_with('\n')) return 1;
    return bytes.substr(offset).starts_with("\r\n") ? 2 : 0;
  }
  [[nodiscard]] std::uint32_t skip(std::uint32_t offset, std::string_view set) const {
    return static_cast<std::uint32_t>(std::min(bytes.find_first_not_of(set, offset), bytes.size()));
  }
  [[nodiscard]] std::uint32_t find(std::uint32_t offset, std::string_view set) const {
    return static_cast<std::uint32_t>(std::min(bytes.find_first_of(set, offset), bytes.size()));
  }
  /// True if nothing but blanks stands between an offset and the end of its line.
  [[nodiscard]] bool is_blank_line(std::uint32_t offset) const {
    const std::uint32_t end = skip(offset, " ");
    return end == bytes.size() || break_size(end) > 0;
  }

  /// Takes bytes that must be the next part of the value.
  bool copy(std::uint32_t end) {
    const std::string_view part = bytes.substr(at, end - at);
    if (!rest().starts_with(part)) return false;
    if (builder && !part.empty()) builder->copy(&source, {at, end}, part);
    done += part.size();
    at = end;
    return true;
  }
  /// Takes bytes that stand for other text, which must be the next part of the value.
  bool replace(std::uint32_t end, std::string_view text) {
    if (!rest().starts_with(text)) return false;
    if (builder && !text.empty()) builder->replace(&source, {at, end}, text);
    done += text.size();
    at = end;
    return true;
  }
};

bool take_flow_fold(Walk& walk) {
  std::uint32_t end = walk.at;
  std::size_t breaks = 0;
  while (true) {
    end = walk.skip(end, " \t");
    const std::uint32_t size = walk.break_size(end);
    if (size == 0) break;
    end += size;
    ++breaks;
  }
  return walk.replace(end, breaks == 1 ? " " : std::string(breaks - 1, '\n'));
}

/// Spaces that a block scalar's lines have in front of the value's; 0 where it cannot be told.
std::uint32_t block_indentation(const Walk& walk) {
  std::uint32_t line = walk.at;
  while (line < walk.bytes.size() && walk.is_blank_line(line)) {
    const std::uint32_t end = walk.skip(line, " ");
    line = end + walk.break_size(end);
  }
  const auto first = walk.value.find_first_not_of('\n');
  if (line >= walk.bytes.size() || first == std::string_view::npos) return 0;
  const auto text = walk.value.find_first_not_of(' ', first);
  if (text == std::string_view::npos) return 0;
  const std::uint32_t spaces = walk.skip(line, " ") - line;
  return spaces > text - first ? static_cast<std::uint32_t>(spaces - (text - first)) : 0;
}

/// Line breaks from a line's end to the next line that is not blank.
struct BlankLines {
  std::size_t breaks = 0;
  std::uint32_t end = 0;  ///< where that line begins
};
BlankLines blank_lines(const Walk& walk, std::uint32_t at) {
  BlankLines found{.end = at};
  while (found.end < walk.bytes.size()) {
    const std::uint32_t text = found.breaks == 0 ? found.end : walk.skip(found.end, " ");
    const std::uint32_t size = walk.break_size(text);
    if (size == 0) break;
    found.end = text + size;
    ++found.breaks;
  }
  return found;
}

/// The end of a line of a folded scalar: a blank for one break, line breaks for several or before and after
/// lines that are indented further.
bool take_folded_break(Walk& walk) {
  if (walk.rest().starts_with(' ')) return walk.replace(walk.at + walk.break_size(walk.at), " ");
  const std::size_t wanted = std::min(walk.rest().find_first_not_of('\n'), walk.rest().size());
  const BlankLines blank = blank_lines(walk, walk.at);
  if (wanted == 0) return false;
  if (wanted == walk.rest().size()) {  // the last line's own break; further ones are dropped or kept
    for (std::size_t taken = 0; taken < wanted; ++taken) {
      if (taken > 0) walk.at = walk.skip(walk.at, " ");
      const std::uint32_t size = walk.break_size(walk.at);
      if (size == 0 || !walk.replace(walk.at + size, "\n")) return false;
    }
    return true;
  }
  if (wanted != blank.breaks && wanted + 1 != blank.breaks) return false;
  return walk.replace(blank.end, walk.rest().substr(0, wanted));
}

bool take_literal_break(Walk& walk) {
  const std::uint32_t size = walk.break_size(walk.at);
  if (size == 1) return walk.copy(walk.at + 1);
  return size == 2 && walk.replace(walk.at + 2, "\n");
}

/// Behind a block scalar stand blank lines, or a line with less indentation.
bool is_block_end(const Walk& walk, std::uint32_t indentation) {
  std::uint32_t line = walk.at;
  while (line < walk.bytes.size() && walk.is_blank_line(line)) {
    const std::uint32_t end = walk.skip(line, " ");
    line = end + walk.break_size(end);
  }
  return line >= walk.bytes.size() || walk.skip(line, " ") - line < indentation;
}

}  // namespace

std::optional<std::uint32_t> align_plain(const Source& source, std::uint32_t begin, std::string_view value,
                                         MappedTextBuilder* builder) {
  Walk walk{.source = source, .bytes = source.bytes(), .value = value, .builder = builder, .at = begin};
  while (!walk.finished()) {
    const std::uint32_t blanks_end = walk.skip(walk.at, " \t");
    if (walk.break_size(blanks_end) > 0) {
      if (!take_flow_fold(walk)) return std::nullopt;
      continue;
    }
    const std::uint32_t end = walk.find(blanks_end, " \t\r\n");
    const auto most = static_cast<std::uint32_t>(walk.at + walk.rest().size());
    if (end == walk.at || !walk.copy(std::min(end, most))) return std::nullopt;
  }
  return walk.at;
}

std::optional<std::uint32_t> align_block(const Source& source, std::uint32_t begin, bool folded,
                                         std::string_view value, MappedTextBuilder* builder) {
  Walk walk{.source = source, .bytes = source.bytes(), .value = value, .builder = builder, .at = begin};
  const std::uint32_t indentation = block_indentation(walk);
  if (indentation == 0) return std::nullopt;
  while (!walk.finished()) {
    const std::uint32_t text = std::min(walk.skip(walk.at, " "), walk.at + indentation);
    const std::uint32_t line_end = walk.find(text, "\r\n");
    if (text - walk.at < indentation && text < line_end) return std::nullopt;
    walk.at = text;
    if (!walk.copy(line_end)) return std::nullopt;
    if (walk.finished()) {  // the last break is stripped
      walk.at += walk.break_size(walk.at);
      break;
    }
    const bool taken = folded ? take_folded_break(walk) : take_literal_break(walk);
    if (!taken) return std::nullopt;
  }
  if (!is_block_end(walk, indentation)) return std::nullopt;
  return walk.at;
}

}  // namespace imglint::yaml
