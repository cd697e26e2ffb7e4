#include "kinds/dockerfile/emptied.hpp"

#include <algorithm>
#include <set>

#include "base/quote.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {

bool has_open(std::span<const Variable> variables) {
  return std::any_of(variables.begin(), variables.end(),
                     [](const Variable& variable) { return variable.is_open(); });
}

bool is_open(const Reading& reading, TextRange input) {
  if (!reading.has_open) return false;
  const MappedText emptied = reading.places.emptied(input);
  const std::span<const Variable> variables = reading.places.variables();
  return std::any_of(emptied.pieces().begin(), emptied.pieces().end(), [&](const Piece& piece) {
    return piece.variable < variables.size() && variables[piece.variable].is_open();
  });
}

bool is_open(const Reading& reading, const LogicalLine& line) {
  if (!reading.has_open) return false;
  return is_open(reading, {from_line_begin(reading, line, {0, 0}).begin, line.place.end});
}

TextRange from_line_begin(const Reading& reading, const LogicalLine& line, TextRange range) {
  std::uint32_t begin = line.place.begin;
  while (begin > reading.begin && reading.text[begin - 1] != '\n') --begin;
  return {begin, Places::input_range(line, range).end};
}

void add_open_instruction(Reading& reading, TextRange input) {
  // It is the base of no stage that is known.
  add_emptied_use(reading, role::from, reading.places.emptied(input)).owner = reading.parent;
  reading.hides_stages = true;
  reading.hides_names = true;
}

void add_open_lines(Reading& reading, TextRange input) {
  const std::string_view text = reading.text;
  // Behind a last line without an end there is none.
  if (input.begin > 0 && input.begin == text.size() && text.back() != '\n') return;
  while (input.begin <= input.end) {
    const auto found = text.find('\n', input.begin);
    const std::uint32_t end = static_cast<std::uint32_t>(std::min(found, text.size()));
    if (end > input.end) return;
    const TextRange line{input.begin, end};
    if (trim(text, line).empty() && is_open(reading, line)) add_open_instruction(reading, line);
    input.begin = end + 1;
  }
}

std::string because_emptied(const Reading& reading, TextRange input) {
  const std::span<const Variable> variables = reading.places.variables();
  if (variables.empty() || !reading.document.leaves_unset_empty) return {};
  std::set<std::string_view> told;
  std::string names;
  for (const Piece& piece : reading.places.emptied(input).pieces())
    if (piece.variable < variables.size() && told.insert(variables[piece.variable].name).second)
      names += (names.empty() ? "" : ", ") + quote(variables[piece.variable].name);
  return names.empty() ? names : ": docker compose puts nothing in the place of " + names;
}

}  // namespace imglint::dockerfile
