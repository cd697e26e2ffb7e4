// A Dockerfile's document in one short line a reference and a trouble, for tables of cases.
#pragma once

#include <string>
#include <string_view>

#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint::test {

/// `from image alpine:3`, the value after expansion, `copy-from stage 0`, `from invalid (message)`; what is
/// written comes first where it is another text: `from image $A -> alpine:3`. Then the troubles, `2:5
/// message`. Joined by `; `.
[[nodiscard]] std::string summary(const Document& document);
[[nodiscard]] std::string summary(std::string_view dockerfile, const ReadOptions& options = {});

}  // namespace imglint::test
