#include "output/html/source_line.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "output/reports/xml.hpp"

namespace imglint::html {
namespace {

/// Bytes that are shown before the place and behind it, and of the place itself.
constexpr std::size_t most_around = 160;
constexpr std::size_t most_marked = 600;

bool is_inside_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string first_bytes(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return xml_text(text);
  while (limit > 0 && is_inside_code_point(text[limit])) --limit;
  return xml_text(text.substr(0, limit)) + "…";
}

std::string last_bytes(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return xml_text(text);
  std::size_t begin = text.size() - limit;
  while (begin < text.size() && is_inside_code_point(text[begin])) ++begin;
  return "…" + xml_text(text.substr(begin));
}

}  // namespace

void write_source_line(const Location& place, std::string& out) {
  const std::string_view bytes = place.source->bytes();
  const std::size_t before = bytes.rfind('\n', place.span.begin == 0 ? 0 : place.span.begin - 1);
  const bool first = place.span.begin == 0 || before == bytes.npos;
  const std::size_t begin = first ? place.source->text_begin() : before + 1;
  const std::size_t from = std::max<std::size_t>(begin, place.span.begin);
  std::size_t end = std::min(bytes.find('\n', from), bytes.size());
  if (end > from && bytes[end - 1] == '\r') --end;
  const std::size_t to = std::clamp<std::size_t>(place.span.end, from, end);
  out += "<pre>" + last_bytes(bytes.substr(begin, from - begin), most_around) + "<mark>" +
         first_bytes(bytes.substr(from, to - from), most_marked) + "</mark>" +
         first_bytes(bytes.substr(to, end - to), most_around) + "</pre>";
}

}  // namespace imglint::html
