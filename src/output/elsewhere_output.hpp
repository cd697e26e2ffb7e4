// What is printed of names that stay behind.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "retarget/elsewhere.hpp"

namespace imglint {

/// Where the first few stand, a line each, and a line that counts; empty if there are none.
[[nodiscard]] std::string elsewhere_messages(const Elsewhere& elsewhere);
/// How many files of which kind: `12 .md, 5 .sh`, the most first.
[[nodiscard]] std::string elsewhere_kinds(const Elsewhere& elsewhere);
/// All places, a line each: what `list --elsewhere` prints.
[[nodiscard]] std::string elsewhere_table(const Elsewhere& elsewhere);
/// `{files, by_kind{}, places[], searched, passed_over{}}`.
[[nodiscard]] nlohmann::ordered_json elsewhere_object(const Elsewhere& elsewhere);
/// The places alone, an object a line.
[[nodiscard]] std::string elsewhere_lines(const Elsewhere& elsewhere);
[[nodiscard]] std::string elsewhere_json(const Elsewhere& elsewhere);

}  // namespace imglint
