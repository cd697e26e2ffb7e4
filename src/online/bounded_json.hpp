// JSON from strangers: an object, and none that is nested beyond measure.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/result.hpp"

namespace imglint {

/// Errors go on a sentence: `is no JSON object`.
[[nodiscard]] Result<nlohmann::json> parse_bounded(std::string_view bytes);

/// The string behind a key; empty if there is none.
[[nodiscard]] std::string text_of(const nlohmann::json& object, const char* key);

}  // namespace imglint
