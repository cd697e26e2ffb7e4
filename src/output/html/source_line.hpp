// The line of a file that a finding is in, with the place marked.
#pragma once

#include <string>

#include "source/source.hpp"

namespace imglint::html {

/// What goes beyond the line is left out, and of a very long line what is far from the place: the marked text
/// is always to be seen.
void write_source_line(const Location& place, std::string& out);

}  // namespace imglint::html
