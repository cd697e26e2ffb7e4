// Names and references for made-up files.
#pragma once

#include <string>
#include <vector>

#include "tests/support/choices.hpp"

namespace imglint::test {

/// A legal image reference.
[[nodiscard]] std::string made_up_reference(Choices& choices);

/// The file with one kind of line end, with or without a byte order mark and a last newline.
[[nodiscard]] std::string in_some_form(std::string text, Choices& choices);

/// Every `from` replaced.
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);

}  // namespace imglint::test
