// What docker compose makes of numbers and truth values where it wants text: it reads them, and prints what
// it read (docs/spec/projects.md 6).
#pragma once

#include <optional>
#include <string>

#include "base/arena.hpp"
#include "model/mapped_text.hpp"
#include "tree/tree.hpp"

namespace imglint::compose {

/// The text of a plain scalar that is a number or a truth value, as Go prints it: 3.1 for `3.10`, 31 for
/// `0x1F`. Nothing for all others.
[[nodiscard]] std::optional<std::string> printed(const yaml::Tree& tree, const yaml::Node& scalar);

/// The text of a scalar with what is printed in its place: no byte of it can be changed if the two differ.
[[nodiscard]] MappedText as_printed(const MappedText& written, const yaml::Tree& tree,
                                    const yaml::Node& scalar, Arena& arena);

}  // namespace imglint::compose
