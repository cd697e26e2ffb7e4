// JSON as text that is exact for programs and harmless on a terminal.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace imglint {

/// The same JSON with DEL, the C1 controls and what reorders text as `\u009b`: JSON itself asks that only of
/// characters below a blank.
[[nodiscard]] std::string harmless_json(std::string json);

/// On one line, or indented by this many blanks, without a line end. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& json, int indent = -1);

}  // namespace imglint
