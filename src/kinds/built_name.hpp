// The names of what builds produce, as other references are compared with them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/document.hpp"

namespace imglint {

/// What a reference would pull: canonical, with its tag or digest.
[[nodiscard]] std::string pulled_name(const Reference& reference, std::string_view text);

/// The same of a use that names what a build produces; nothing of any other.
[[nodiscard]] std::optional<std::string> built_name(const ImageUse& use);

}  // namespace imglint
