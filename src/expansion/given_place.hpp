// Where the value of a variable stands in the file that assigns it.
#pragma once

#include "model/mapped_text.hpp"

namespace imglint {

/// Without the places of other variables of the file that are part of the value, which may be far away and
/// have others between. Null source: in no file.
[[nodiscard]] Location place_of_given(const MappedText& text);

}  // namespace imglint
