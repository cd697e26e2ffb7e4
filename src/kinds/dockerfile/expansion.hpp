// Expansion of a Dockerfile's words (docs/spec/dockerfile.md 2.8): variables, operators, quotes and escapes,
// with the place of every byte kept.
#pragma once

#include <cstdint>

#include "kinds/dockerfile/scope.hpp"
#include "model/value.hpp"

namespace imglint::dockerfile {

/// `${` inside of `${` deeper than this is refused, since reading it recurses.
inline constexpr std::size_t deepest_nesting = 32;

struct Expanded {
  Value value;               ///< may have variables beforehand, which pieces of the word point into
  bool lacks_value = false;  ///< there is none for want of a variable's value (`${NAME:?message}`)
  bool too_long = false;     ///< there is none since the variables amount to too much text
  Value open_value;          ///< if nothing else is wrong: what it would be with nothing in that place

  // What an edit of the word's literal bytes has to mind, outside of `${…}`.
  bool has_escape = false;
  bool has_inner_quotes = false;  ///< other quotes than one pair around everything
};

/// Expands one word. The escape character is a backslash or a backtick.
void expand(const MappedText& written, char escape, Scope& scope, Arena& arena, Expanded& result);

}  // namespace imglint::dockerfile
