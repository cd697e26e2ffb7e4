// A document in lines for people: what parsers are tested and debugged through.
#pragma once

#include <string>

#include "model/document.hpp"

namespace imglint::test {

/// Uses, stages, arguments, comments and troubles, one a line, each with its span and the bytes there; below
/// a use or an argument its variables and the pieces of its value.
[[nodiscard]] std::string dump(const Document& document);

/// One piece a line: `"text" <- 5..11`, `~` instead of `<-` where the bytes are not the text, `?` where it
/// has no place, with the variable that supplied it.
[[nodiscard]] std::string dump(const MappedText& text, const Source& source);

}  // namespace imglint::test
