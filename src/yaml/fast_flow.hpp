// Collections in brackets, for the quick YAML reader: nested, over several lines, as in JSON.
#pragma once

#include <cstdint>

#include "yaml/fast_nodes.hpp"
#include "yaml/fast_scalar.hpp"

namespace imglint::yaml::fast {

/// Reads the collection whose bracket stands at a byte. Gives the byte behind its last bracket in what is the
/// current line then; not_found for single pairs in `[]`, keys without a value, properties, plain scalars
/// over several lines, and everything wrong.
[[nodiscard]] std::uint32_t read_flow(Lines& lines, std::uint32_t at, Nodes& nodes, Values& values);

}  // namespace imglint::yaml::fast
