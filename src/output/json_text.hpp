// JSON as text that is exact for programs and harmless on a terminal.
#pragma once

#include <string>

namespace imglint {

/// The same JSON with DEL, the C1 controls and what reorders text as `\u009b`: JSON itself asks that only of
/// characters below a blank.
[[nodiscard]] std::string harmless_json(std::string json);

}  // namespace imglint
