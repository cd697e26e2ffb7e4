// Words that mean something to a shell.
#pragma once

#include <string_view>

namespace imglint::shell {

/// A command may follow it: `then`, `do`, `!`.
[[nodiscard]] bool is_keyword(std::string_view word);
/// A name that a variable can have.
[[nodiscard]] bool is_name(std::string_view word);

}  // namespace imglint::shell
