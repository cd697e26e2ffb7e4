// The commands of a shell script and their words (docs/spec/pipelines.md 4.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kinds/text_parts.hpp"

namespace imglint::shell {

/// A word, without the quotes around it. An empty one has no parts.
struct Word {
  TextRange range;  ///< quotes included
  TextParts parts;
  bool quoted = false;  ///< some of it stands in quotes

  /// The text with one byte `unknown_byte` for each expression.
  [[nodiscard]] std::string shape(std::string_view text) const;
  /// The parts from an offset in the shape on, and up to another.
  [[nodiscard]] TextParts parts_of(TextRange shape_range) const;
};
inline constexpr char unknown_byte = '\x01';

/// Words that are one command; redirections and their targets are left out.
struct Command {
  std::vector<Word> words;
};

struct Commands {
  std::vector<Command> commands;  ///< those in `$( )` too
  bool open_quote = false;        ///< nothing behind it was read
};

/// How a text is read.
struct Reading {
  /// Ranges that another language puts something in for, before the shell sees the text, in order.
  const TextParts* outer = nullptr;
  bool placeholders = false;  ///< `<name>` is one, no redirection
  bool literal = false;       ///< words alone: nothing is expanded, nothing ends a command
};

/// Any text; linear time.
[[nodiscard]] Commands read_commands(std::string_view text, const Reading& reading);
/// A range of the same text as one word, blanks and operators included: a value that is assigned, a default.
[[nodiscard]] Word read_word(std::string_view text, TextRange range, const Reading& reading);

}  // namespace imglint::shell
