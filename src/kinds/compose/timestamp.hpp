// The numbers, dates and times that docker compose's reader of YAML takes for other than text.
#pragma once

#include <string_view>

namespace imglint::compose {

/// `7`, `0x1F`, `017`, `1_000`, `7.2`, `1e3`, `.inf`, of either sign.
[[nodiscard]] bool is_number(std::string_view text);

/// `2001-01-01`, `2001-1-1T1:2:3.4Z`, `2001-1-1t1:2:3+01:00`, `2001-01-01 01:02:03`: what go-yaml 3 knows
/// (resolve.go), as Go's time.Parse reads it.
[[nodiscard]] bool is_timestamp(std::string_view text);

}  // namespace imglint::compose
