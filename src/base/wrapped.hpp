// Paragraphs broken into lines, for pages that people read.
#pragma once

#include <string>
#include <string_view>

namespace imglint {

/// Appends the text in lines of at most 78 bytes, broken at blanks, each behind the indent; ends in a
/// newline.
void append_wrapped(std::string& out, std::string_view text, std::string_view indent);

}  // namespace imglint
