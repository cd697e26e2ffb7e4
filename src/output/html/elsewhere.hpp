// The names of images in files that are not read, as a section of a page.
#pragma once

#include <string>

#include "retarget/elsewhere.hpp"

namespace imglint::html {

/// Heading and table of what a move would leave behind. Its section is called `elsewhere`.
void write_elsewhere(const Elsewhere& elsewhere, std::string& out);

}  // namespace imglint::html
