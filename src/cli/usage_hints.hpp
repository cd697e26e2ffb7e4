// What is said of a command line that cannot be understood: in plain words, with what was probably meant.
#pragma once

#include "base/result.hpp"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace imglint {

/// The command that the words chose; the program itself if they chose none.
[[nodiscard]] const CLI::App& chosen_command(const CLI::App& program);

/// What is wrong with the words that were parsed last, and what to write instead.
[[nodiscard]] Error explain_usage(const CLI::ParseError& error, const CLI::App& program);

}  // namespace imglint
