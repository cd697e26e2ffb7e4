// The block structure of a YAML file by its indentation alone: for finding out which part of a file to leave
// out where it does not parse.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/span.hpp"

namespace imglint::yaml {

/// The lines of the entry that holds an offset: one of those right below a top-level key, or the block of
/// that key itself where the offset stands in its own line or the entry is blank already. Nothing if all is
/// blank.
[[nodiscard]] std::optional<Span> entry_at(std::string_view bytes, std::uint32_t offset);

}  // namespace imglint::yaml
