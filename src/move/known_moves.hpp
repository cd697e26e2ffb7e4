// The moves that `check` knows of, as maps: registries and images that went elsewhere under the same names.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "move/mapping.hpp"

namespace imglint {

inline constexpr std::string_view known_origin = "--known";

/// Those that have happened by a date (YYYY-MM-DD) and say where the images are now. Each holds only for what
/// its fact concerns.
[[nodiscard]] std::vector<MapEntry> known_moves(std::uint32_t layer, std::string_view as_of);

}  // namespace imglint
