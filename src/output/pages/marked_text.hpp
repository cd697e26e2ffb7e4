// The examples of rules and kinds: texts in which ⟦ and ⟧ enclose what is meant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace imglint {

inline constexpr std::string_view mark_opening = "⟦";

/// An example without its marks, and what they enclosed.
struct MarkedText {
  std::string text;
  struct Mark {
    std::uint32_t begin = 0;  ///< bytes of the text
    std::uint32_t end = 0;
  };
  std::vector<Mark> marks;
};
[[nodiscard]] MarkedText without_marks(std::string_view text);

/// The lines of an example, each behind the indent, carets under what is marked.
void append_example_text(std::string& out, std::string_view text, std::string_view indent);

}  // namespace imglint
