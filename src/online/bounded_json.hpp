// JSON from strangers: an object, and none that is nested beyond measure.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "base/result.hpp"

namespace imglint {

/// Errors go on a sentence: `is no JSON object`.
[[nodiscard]] Result<nlohmann::json> parse_bounded(std::string_view bytes);

}  // namespace imglint
