// Configurations of tools that are told apart from hadolint's, which is the one that is taken over.
#pragma once

#include <span>
#include <string_view>

namespace imglint {

/// The tool that has a configuration of such a name: `dclint` for `.dclintrc`; empty if none is known.
[[nodiscard]] std::string_view tool_of_config_name(std::string_view path);

/// The same for the keys at its top; `rules_is_list`: the value of the key `rules` is a list.
[[nodiscard]] std::string_view tool_of_config_keys(std::span<const std::string_view> keys,
                                                   bool rules_is_list);

}  // namespace imglint
