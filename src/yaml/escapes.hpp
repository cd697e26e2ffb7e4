// What the escapes in a double quoted YAML scalar stand for, as yaml-cpp reads them (docs/spec/yaml.md 1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace imglint::yaml {

/// What a letter after a backslash stands for; empty where it is none of those that stand for themselves
/// alone. `N` and `_` give single bytes, as they do in yaml-cpp.
[[nodiscard]] std::string_view unescape(char letter);

void append_utf8(std::string& to, std::uint32_t code);

}  // namespace imglint::yaml
