// What the lines of a compose file that a syntax error hides would have said of a service above them.
#pragma once

#include <span>

#include "base/span.hpp"
#include "model/document.hpp"

namespace imglint::compose {

/// Leaves out the image of a service that the lost lines of `shape` have built, as far as can be seen: nobody
/// knows any more whether it is pulled. The services must be there.
void drop_images_of_lost_builds(const Source& shape, std::span<const Span> lost, Document& document);

}  // namespace imglint::compose
