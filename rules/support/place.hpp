// Where a finding belongs: at the bytes that must change, which may stand elsewhere than the use.
#pragma once

#include "base/span.hpp"
#include "model/document.hpp"

namespace imglint {

struct Cause {
  Location place;
  bool elsewhere = false;  ///< outside of the use's own bytes: an ARG default, a .env line
  Location at_use = {};    ///< if the place is in another file: where the text shows at the use
};

/// The bytes that supplied a range of the use's value. Text of mixed origin is placed at the use, on as
/// little as covers it.
[[nodiscard]] Cause cause_of(const Document& document, const ImageUse& use, TextRange range);

}  // namespace imglint
