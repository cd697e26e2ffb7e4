// Paragraphs broken into lines, for pages that people read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace imglint {

inline constexpr std::size_t page_width = 78;

/// Appends the text in lines of at most so many bytes, broken at blanks, each behind the indent; ends in a
/// newline.
void append_wrapped(std::string& out, std::string_view text, std::string_view indent,
                    std::size_t width = page_width);

}  // namespace imglint
