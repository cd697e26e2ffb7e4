// The fixed parts of the pages: their style sheet and their script. Nothing in them is fetched from anywhere,
// and a page reads well without its script.
#pragma once

#include <string_view>

namespace imglint::html {

extern const std::string_view style;
extern const std::string_view script;

}  // namespace imglint::html
