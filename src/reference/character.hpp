// Characters that no image reference can hold, and what to say of them (docs/spec/reference.md 8, "Reasons").
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "reference/reference.hpp"

namespace imglint {

/// Bytes of the character at an offset inside the text.
[[nodiscard]] std::uint32_t character_size(std::string_view text, std::uint32_t offset);

/// What is wrong with a placeholder, white space, a control or a non-ASCII character at the offset; nothing
/// for any other character and at the end.
[[nodiscard]] std::optional<ReferenceFault> unfit_character(std::string_view text, std::uint32_t offset);

}  // namespace imglint
