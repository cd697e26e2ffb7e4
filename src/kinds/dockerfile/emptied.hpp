// Variables of which compose has left nothing in the text of a dockerfile_inline (docs/spec/compose.md 2.4).
// One that compose requires (`${X:?}`) is open: it has a value when the file is built, and nobody knows
// which.
#pragma once

#include <string>

#include "kinds/dockerfile/reading.hpp"

namespace imglint::dockerfile {

/// Whether one of the variables is required and has no value.
[[nodiscard]] bool has_open(std::span<const Variable> variables);
/// Whether an open one stands in a range of the input, its ends included.
[[nodiscard]] bool is_open(const Reading& reading, TextRange input);
/// The same of all that stands in the lines of an instruction.
[[nodiscard]] bool is_open(const Reading& reading, const LogicalLine& line);

/// From the beginning of the physical line to the end of a range of it, in the input.
[[nodiscard]] TextRange from_line_begin(const Reading& reading, const LogicalLine& line, TextRange range);

/// Notes a stretch whose instructions are in an open variable: stages may begin there.
void add_open_instruction(Reading& reading, TextRange input);
/// The same for each line of a stretch that holds nothing else. The last one counts if it has an end.
void add_open_lines(Reading& reading, TextRange input);

/// What is to be said behind a fault that these variables may be the cause of; empty if there are none.
[[nodiscard]] std::string because_emptied(const Reading& reading, TextRange input);

}  // namespace imglint::dockerfile
