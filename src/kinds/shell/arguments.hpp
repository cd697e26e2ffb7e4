// The words of one command as its program sees them, and their options.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kinds/shell/options.hpp"
#include "kinds/shell/places.hpp"

namespace imglint::shell {

/// A word of a command. One that a variable's value gives has only a shape.
struct Argument {
  std::string shape;  ///< the text with one byte for each expression
  const MappedText* text = nullptr;
  Word word = {};
  std::size_t number = 0;  ///< of the word in its command

  [[nodiscard]] bool is_expression() const { return shape.size() == 1 && shape.front() == unknown_byte; }
  [[nodiscard]] const TextPart* only_part() const {
    return text && word.parts.size() == 1 && word.parts.front().is_expression() ? &word.parts.front()
                                                                                : nullptr;
  }
};
using Arguments = std::vector<Argument>;

/// Part of an argument: what stands behind `=`.
struct Stretch {
  const Argument* argument = nullptr;
  TextRange range;  ///< in the shape

  [[nodiscard]] std::string_view shape() const { return range.of(argument->shape); }
  [[nodiscard]] Stretch from(std::size_t offset) const {
    return {argument, {range.begin + static_cast<std::uint32_t>(offset), range.end}};
  }
  [[nodiscard]] Stretch part(TextRange within) const {
    return {argument, {range.begin + within.begin, range.begin + within.end}};
  }
};

struct GivenOption {
  std::string name;
  Stretch value;
};

/// A command line taken apart.
struct ParsedOptions {
  std::vector<GivenOption> options;  ///< those with a value
  std::vector<std::string> flags;
  std::vector<Stretch> operands;
  std::size_t next = 0;   ///< the argument behind the last that was read
  bool probable = false;  ///< a variable was taken for options
};

/// Up to which operand options are read.
enum class Until : std::uint8_t { end, first_operand };

/// Whether a variable where an operand is due holds options.
[[nodiscard]] bool holds_options(const Argument& argument, const Lookup* lookup, const Script* script,
                                 Arena& arena);

/// Reads options and operands from an argument on. Nothing where an option is not known, so that nobody can
/// tell what is an operand. `skips` says which arguments are passed over as options.
template <class Skips>
[[nodiscard]] std::optional<ParsedOptions> parse_options(const Arguments& arguments, std::size_t first,
                                                         const Options& options, Until until,
                                                         const Skips& skips);

namespace detail {
/// Reads one option and its value; false if it is unknown.
bool take_option(const Arguments& arguments, const Options& options, ParsedOptions& parsed);
}  // namespace detail

[[nodiscard]] inline Stretch whole(const Argument& argument) {
  return {&argument, {0, static_cast<std::uint32_t>(argument.shape.size())}};
}

template <class Skips>
std::optional<ParsedOptions> parse_options(const Arguments& arguments, std::size_t first,
                                           const Options& options, Until until, const Skips& skips) {
  ParsedOptions parsed;
  parsed.next = first;
  bool only_operands = false;
  while (parsed.next < arguments.size()) {
    const Argument& argument = arguments[parsed.next];
    if (!only_operands && argument.shape == "--") {
      only_operands = true;
      ++parsed.next;
      continue;
    }
    if (!only_operands && argument.shape.size() > 1 && argument.shape.front() == '-') {
      if (!detail::take_option(arguments, options, parsed)) return std::nullopt;
      continue;
    }
    if (!only_operands && skips(argument)) {
      parsed.probable = true;
      ++parsed.next;
      continue;
    }
    if (until == Until::first_operand) return parsed;
    parsed.operands.push_back(whole(argument));
    ++parsed.next;
  }
  return parsed;
}

}  // namespace imglint::shell
