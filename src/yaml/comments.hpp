// Comments of a YAML file that name a linter, told from text in scalars.
#pragma once

#include <vector>

#include "model/document.hpp"
#include "source/source.hpp"
#include "tree/tree.hpp"

namespace imglint::yaml {

/// In file order. A `#` counts where YAML says so: behind a blank or at the beginning of a line, outside of
/// quotes and block scalars.
[[nodiscard]] std::vector<Comment> linter_comments(const Source& source, const Tree& tree);

}  // namespace imglint::yaml
