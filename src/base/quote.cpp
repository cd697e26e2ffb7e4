#include "base/quote.hpp"

#include "base/printable.hpp"

namespace imglint {

namespace {

/// The offset, or the beginning of the character that it would cut.
std::size_t boundary_at(std::string_view text, std::size_t offset) {
  for (std::size_t begin = offset; begin-- > 0 && offset - begin < 4;)
    if (first_code_point(text.substr(begin)).size > offset - begin) return begin;
  return offset;
}

}  // namespace

std::string quote(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return '\'' + printable(text) + '\'';
  const std::size_t head = boundary_at(text, limit / 2);
  const std::size_t tail = boundary_at(text, text.size() - limit / 4);
  return '\'' + printable(text.substr(0, head)) + "…" + printable(text.substr(tail)) + '\'';
}

}  // namespace imglint
