#include "kinds/shell/words.hpp"

#include <algorithm>

#include "kinds/shell/lexer.hpp"

namespace imglint::shell {

std::string Word::shape(std::string_view text) const {
  std::string shape;
  for (const TextPart& part : parts) {
    if (part.kind == TextPart::Kind::text)
      shape += part.range.of(text);
    else if (part.kind == TextPart::Kind::escape)
      shape += text[part.range.end - 1];
    else
      shape += unknown_byte;
  }
  return shape;
}

TextParts Word::parts_of(TextRange shape_range) const {
  TextParts inside;
  std::uint32_t at = 0;
  for (const TextPart& part : parts) {
    const bool is_text = part.kind == TextPart::Kind::text;
    const std::uint32_t end = at + (is_text ? part.range.size() : 1);
    const std::uint32_t from = std::max(at, shape_range.begin);
    const std::uint32_t to = std::min(end, shape_range.end);
    if (from < to) {
      inside.push_back(part);
      if (is_text) inside.back().range = {part.range.begin + from - at, part.range.begin + to - at};
    }
    at = end;
  }
  return inside;
}

Commands read_commands(std::string_view text, const Reading& reading) {
  return Lexer(text, {0, static_cast<std::uint32_t>(text.size())}, reading).read_commands();
}

Word read_word(std::string_view text, TextRange range, const Reading& reading) {
  return Lexer(text, range, reading).read_word();
}

}  // namespace imglint::shell
