// The fixed parts of the HTML report: its style sheet and its script. Nothing in them is fetched from
// anywhere.
#pragma once

#include <string_view>

namespace imglint::html {

extern const std::string_view style;
extern const std::string_view script;

}  // namespace imglint::html
