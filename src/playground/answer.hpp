// The program as one function from text to text, for a page in a browser.
#pragma once

#include <string>
#include <string_view>

namespace imglint::playground {

/// One run of the program. The question is a JSON object: `words` as on the command line (without the
/// program's name), `input` for standard input, `files` from names to texts; the last two may be missing. The
/// answer is one: `code` to exit with, `out` and `err`. Nothing is written anywhere. Never throws; a question
/// that is none is answered with code 2.
[[nodiscard]] std::string answer(std::string_view question);

}  // namespace imglint::playground
