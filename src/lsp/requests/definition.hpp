// Where a value comes from: the line of an env file, the default of an ARG, the file that gives a service its
// image, what is included or extended.
#pragma once

#include <vector>

#include "lsp/view.hpp"
#include "model/mapped_text.hpp"

namespace imglint::lsp {

/// Each place once; an empty span at the beginning for a whole file.
[[nodiscard]] std::vector<Location> definitions(const View& view, Position position);

}  // namespace imglint::lsp
