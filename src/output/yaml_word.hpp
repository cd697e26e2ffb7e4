// Words of YAML files that are written anew. (Files that exist are only ever edited, never printed.)
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace imglint {

/// The text as a scalar, in quotes where it would else be read as something other than this text; fit for
/// block and flow collections.
[[nodiscard]] std::string yaml_word(std::string_view text);

/// `[a, b]`.
[[nodiscard]] std::string yaml_list(std::span<const std::string> words);

}  // namespace imglint
