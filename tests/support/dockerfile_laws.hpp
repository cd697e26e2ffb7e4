// What holds for the document of any bytes read as a Dockerfile.
#pragma once

#include <string>

#include "model/document.hpp"

namespace imglint::test {

/// The first law that a document breaks, with what breaks it; empty if all hold: spans lie in the file and
/// uses are in order, pieces cover their text without a gap, exact pieces are the bytes they name, what is
/// editable stands there as written, stages and variables that are referred to exist.
[[nodiscard]] std::string broken_law(const Document& document);

/// The same for a text: its pieces cover it, stand in their source, and belong to one of so many variables.
[[nodiscard]] std::string broken_text(const MappedText& text, std::size_t variables);

}  // namespace imglint::test
