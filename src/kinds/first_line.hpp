// The lines of a text, for a look at its beginning that costs no parse.
#pragma once

#include <string_view>

namespace imglint {

/// Takes lines off the front, blank ones too, up to one that says something, and gives it without blanks at
/// its ends; empty if there is none. A byte order mark of UTF-8 is left out.
[[nodiscard]] std::string_view take_line(std::string_view& bytes);

}  // namespace imglint
