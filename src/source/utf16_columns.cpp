#include "source/utf16_columns.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace imglint {
namespace {

constexpr std::uint32_t block_size = 1024;

/// UTF-16 units of the code points that end in the first `size` bytes of a text.
std::uint32_t units_in(std::string_view text, std::uint32_t size) {
  std::uint32_t units = 0;
  for (std::uint32_t at = 0; at < size;) {
    const CodePoint point = first_code_point(text.substr(at));
    if (at + point.size > size) break;
    units += utf16_size(point);
    at += point.size;
  }
  return units;
}

}  // namespace

Utf16Columns::Utf16Columns(const Source& source) : source_(&source) {
  if (!source.is_whole()) return;  // its lines are short
  const std::string_view bytes = source.bytes();
  const auto text = bytes.substr(source.text_begin());
  ascii_ = std::all_of(text.begin(), text.end(),
                       [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
  if (ascii_) return;
  std::uint32_t units = 0;
  for (std::uint32_t at = source.text_begin(); at < bytes.size();) {
    if (at / block_size >= block_units_.size()) {
      block_units_.push_back(units);
      block_begins_.push_back(at);
    }
    const CodePoint point = first_code_point(bytes.substr(at));
    units += utf16_size(point);
    at += point.size;
  }
}

std::uint32_t Utf16Columns::units_before(std::uint32_t offset) const {
  if (offset <= source_->text_begin()) return 0;
  std::size_t block = std::min<std::size_t>(offset / block_size, block_units_.size() - 1);
  if (block_begins_[block] > offset) --block;
  std::uint32_t units = block_units_[block];
  for (std::uint32_t at = block_begins_[block]; at < offset;) {
    const CodePoint point = first_code_point(source_->bytes().substr(at));
    if (at + point.size > offset) break;  // inside a code point: its start
    units += utf16_size(point);
    at += point.size;
  }
  return units;
}

Position Utf16Columns::position(std::uint32_t offset) const {
  Position place = source_->position(offset);
  const std::uint32_t line_begin = offset - (place.column - 1);
  if (!source_->is_whole()) {
    const std::uint32_t begin = std::max(line_begin, std::min(offset, source_->text_begin()));
    const std::uint32_t end = std::max(offset, source_->line(place.line).end);
    place.column = units_in(source_->text({begin, end}), offset - begin) + 1;
    return place;
  }
  if (ascii_) {
    const std::uint32_t mark = line_begin == 0 ? std::min(offset, source_->text_begin()) : 0;
    place.column -= mark;
  } else {
    place.column = units_before(offset) - units_before(line_begin) + 1;
  }
  return place;
}

}  // namespace imglint
