// As much JSON as Dockerfiles have: arrays of strings behind instructions, and a file that is an object with
// a member `syntax` (docs/spec/dockerfile.md 2.4, 2.13).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/span.hpp"

namespace imglint::dockerfile {

/// What a text that may be an array is.
enum class JsonForm : std::uint8_t {
  none,     ///< no JSON array: plain text
  strings,  ///< an array of strings
  other,    ///< an array that holds something else
};
/// Its form and, where it is an array of strings, what is in it. Borrows the text.
struct JsonArray {
  JsonForm form = JsonForm::none;
  std::uint32_t size = 0;  ///< strings in it
  std::string_view last;   ///< of its strings: what stands between the quotes, escapes as written
  bool has_blank = false;  ///< one of them is empty or blank
};
[[nodiscard]] JsonArray read_json_array(std::string_view text);

/// If the text is a JSON object: what stands between the quotes of its last string member of this name, if no
/// later member of the name is anything else.
[[nodiscard]] std::optional<TextRange> find_json_member(std::string_view text, std::string_view name);

}  // namespace imglint::dockerfile
