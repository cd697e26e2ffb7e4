#include <utility>

#include "base/printable.hpp"
#include "kinds/dockerfile/emptied.hpp"
#include "kinds/dockerfile/expansion.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {
namespace {

/// Expands the default of a global argument and makes it known to what follows (docs/spec/dockerfile.md 2.7).
void declare(Reading& reading, const LogicalLine& line, TextRange default_range, Argument& argument) {
  if (!argument.has_default) {
    reading.scope.declare(argument.name, nullptr);
    return;
  }
  Arena& arena = reading.document.arena;
  Expanded expanded;
  const MappedText word = adopt_variables(reading, argument.default_value, expanded.value.variables);
  expand(word, reading.escape, reading.scope, arena, expanded);
  argument.value = std::move(expanded.value);
  if (!argument.value.is_known()) {
    // The builder expands every default, used or not. What a required variable lacks the caller may give.
    if (expanded.too_long)
      complain(reading, line, default_range, std::string(argument.value.fault)).kind =
          Trouble::Kind::unjudged;
    else if (!expanded.lacks_value)
      complain(reading, line, default_range,
               "the default of '" + printable(argument.name) +
                   "' cannot be expanded: " + std::string(argument.value.fault));
    reading.scope.declare(argument.name, nullptr);
    return;
  }
  Given given{.text = argument.value,
              .source = VariableSource::arg_default,
              .variables = arena.copy(std::span<const Variable>(argument.value.variables))};
  if (reading.places.has_span(Places::input_range(line, default_range)))
    given.place = {reading.document.source, reading.places.span(line, default_range)};
  reading.scope.declare(argument.name, &given);
}

}  // namespace

void read_argument(Reading& reading, const LogicalLine& line, const Instruction& instruction) {
  cut_values(reading.shape, instruction.rest, reading.escape, reading.words);
  if (reading.words.empty() && !is_open(reading, line))
    complain(reading, line, instruction.keyword, "ARG needs a name" + because_emptied(reading, line.place));
  for (const TextRange word : reading.words) {
    const auto equals = word.of(line.text).find('=');
    const bool has_default = equals != std::string_view::npos;
    const std::uint32_t name_end = has_default ? word.begin + static_cast<std::uint32_t>(equals) : word.end;
    const TextRange name{word.begin, name_end};
    if (name.empty()) {
      complain(reading, line, word, "ARG with a blank name");
      continue;
    }
    Argument argument{.name = reading.places.keep(line, name), .name_span = reading.places.span(line, name)};
    argument.has_default = has_default;
    argument.stage = reading.current_stage();
    const TextRange default_range{has_default ? name_end + 1 : name_end, word.end};
    if (has_default) argument.default_value = reading.places.text(line, default_range);
    if (argument.stage < 0) declare(reading, line, default_range, argument);
    reading.document.arguments.push_back(std::move(argument));
  }
}

}  // namespace imglint::dockerfile
