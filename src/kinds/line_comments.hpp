// Comments that name a linter, in languages where a comment ends with its line.
#pragma once

#include <vector>

#include "model/notice.hpp"
#include "source/source.hpp"

namespace imglint {

/// In file order. A comment begins with `#`, `//` or `;`, at the beginning of a line or behind a blank; what
/// stands in it must begin with the linter's name.
[[nodiscard]] std::vector<Comment> line_comments(const Source& source);

}  // namespace imglint
