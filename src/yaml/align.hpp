// Plain and block scalars are followed by walking their decoded value and their bytes together, since where
// they end depends on indentation that only the parser knows (docs/spec/yaml.md 2).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/mapped_text.hpp"
#include "source/source.hpp"

namespace imglint::yaml {

/// The end of a plain scalar that begins at a byte, or nothing where value and bytes differ. The builder may
/// be null; it is filled as far as the two agree.
[[nodiscard]] std::optional<std::uint32_t> align_plain(const Source& source, std::uint32_t begin,
                                                       std::string_view value, MappedTextBuilder* builder);

/// The same for a block scalar whose first line (after the header) begins at a byte. The end lies behind the
/// last line that gave a part of the value.
[[nodiscard]] std::optional<std::uint32_t> align_block(const Source& source, std::uint32_t begin, bool folded,
                                                       std::string_view value, MappedTextBuilder* builder);

}  // namespace imglint::yaml
