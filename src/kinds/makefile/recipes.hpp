// The recipes of a Makefile and its variables (docs/spec/pipelines.md 4.5).
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/span.hpp"

namespace imglint::makefile {

struct Assignment {
  Span value;
  bool has_value = false;  ///< else `+=`, `define`, several lines: nobody follows it
};

struct Makefile {
  /// A logical line of a recipe: the stretches that the shell gets.
  std::vector<std::vector<Span>> recipes;
  std::unordered_map<std::string_view, std::vector<Assignment>> variables;
};

/// `begin` is the offset of the text in its file.
[[nodiscard]] Makefile read_makefile(std::string_view text, std::uint32_t begin);

}  // namespace imglint::makefile
