// What is looked at in the bytes of a YAML file before a parser sees them: encoding, control characters,
// size, directives (docs/spec/yaml.md 3, guards G1 and G6).
#pragma once

#include <optional>
#include <vector>

#include "model/document.hpp"
#include "source/source.hpp"

namespace imglint::yaml {

/// Why the file cannot be read at all; nothing if it can.
[[nodiscard]] std::optional<Trouble> guard_bytes(const Source& source, std::uint32_t max_bytes);

/// Lines that begin with `%` where no directive may stand, or that hold a directive compose refuses
/// (compose.md 2.8).
[[nodiscard]] std::optional<Trouble> guard_directives(const Source& source);

}  // namespace imglint::yaml
