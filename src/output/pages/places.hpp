// What `imglint explain places` prints: how files that no kind knows are read.
#pragma once

#include <string>

namespace imglint {

[[nodiscard]] std::string places_page();

}  // namespace imglint
