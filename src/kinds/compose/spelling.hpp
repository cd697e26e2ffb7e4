// Where the references stand inside of a scalar: behind a scheme, in fields, between commas or blanks
// (docs/spec/compose.md 2.2).
#pragma once

#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "kinds/compose/places.hpp"

namespace imglint::compose {

/// The references in a text, in order; none for a path, another service's build, a cache that is no registry.
/// One may be empty, as between two commas.
[[nodiscard]] std::vector<TextRange> references_in(std::string_view text, Spelling spelling);

}  // namespace imglint::compose
