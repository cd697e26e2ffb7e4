#include "lsp/positions.hpp"

#include <algorithm>
#include <cstring>

#include "base/utf8.hpp"

namespace imglint::lsp {
namespace {

constexpr std::uint32_t block_size = 1024;

std::uint32_t units_of(CodePoint point, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16:
      return utf16_size(point);
    case Encoding::utf8:
      return point.size;
    case Encoding::utf32:
      return 1;
  }
  return 1;
}

std::vector<std::uint32_t> find_lines(std::string_view text) {
  std::vector<std::uint32_t> begins{0};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n' && text[at] != '\r') continue;
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    begins.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return begins;
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16:
      return "utf-16";
    case Encoding::utf8:
      return "utf-8";
    case Encoding::utf32:
      return "utf-32";
  }
  return "utf-16";
}

PositionMap::PositionMap(std::string_view text, Encoding encoding)
    : text_(text), encoding_(encoding), line_begins_(find_lines(text)) {
  const auto is_ascii = [](char byte) { return static_cast<unsigned char>(byte) < 0x80; };
  bytes_are_units_ = std::all_of(text.begin(), text.end(), is_ascii);
  if (!bytes_are_units_) count_blocks();
}

void PositionMap::count_blocks() {
  std::uint32_t units = 0;
  for (std::uint32_t at = 0; at < text_.size();) {
    if (at / block_size >= blocks_.size()) blocks_.push_back({at, units});
    if (static_cast<unsigned char>(text_[at]) < 0x80) {  // nearly always
      ++units, ++at;
      continue;
    }
    const CodePoint point = first_code_point(text_.substr(at));
    units += units_of(point, encoding_);
    at += point.size;
  }
  blocks_.push_back({static_cast<std::uint32_t>(text_.size()), units});
}

std::uint64_t PositionMap::units_before(std::uint32_t offset) const {
  if (bytes_are_units_) return offset;
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), offset,
                                      [](std::uint32_t at, const Block& block) { return at < block.begin; });
  const Block& block = *std::prev(after);
  std::uint64_t units = block.units;
  for (std::uint32_t at = block.begin; at < offset;) {
    const CodePoint point = first_code_point(text_.substr(at));
    if (at + point.size > offset) break;
    units += units_of(point, encoding_);
    at += point.size;
  }
  return units;
}

Position PositionMap::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - line_begins_.begin()) - 1;
  return {line, static_cast<std::uint32_t>(units_before(offset) - units_before(line_begins_[line]))};
}

Span PositionMap::line(std::uint32_t number) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  if (number >= line_begins_.size()) return {size, size};
  Span line{line_begins_[number], number + 1 < line_begins_.size() ? line_begins_[number + 1] : size};
  if (line.end > line.begin && text_[line.end - 1] == '\n') --line.end;
  if (line.end > line.begin && text_[line.end - 1] == '\r') --line.end;
  return line;
}

std::uint32_t PositionMap::offset(Position position) const {
  const Span line = this->line(position.line);
  if (bytes_are_units_)
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(line.end, std::uint64_t{line.begin} + position.character));
  const std::uint64_t wanted = units_before(line.begin) + position.character;
  const auto after =
      std::upper_bound(blocks_.begin(), blocks_.end(), wanted,
                       [](std::uint64_t units, const Block& block) { return units < block.units; });
  const Block& block = *std::prev(after);
  std::uint32_t at = block.begin;
  std::uint64_t units = block.units;
  if (at < line.begin) at = line.begin, units = units_before(line.begin);
  while (at < line.end) {
    const CodePoint point = first_code_point(text_.substr(at));
    units += units_of(point, encoding_);
    if (units > wanted) break;
    at += point.size;
  }
  return std::min(at, line.end);
}

Span PositionMap::span(Range range) const {
  const Span span{offset(range.start), offset(range.end)};
  return {span.begin, std::max(span.begin, span.end)};
}

}  // namespace imglint::lsp
