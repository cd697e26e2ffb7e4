// The fenced blocks of a Markdown document (docs/spec/pipelines.md 4.6).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace imglint::markdown {

struct Fence {
  std::string info;         ///< first word of the info string, in lower case
  std::vector<Span> lines;  ///< of the body: without the fence's indentation, with their line ends
  Span body;                ///< all of it
};

/// `begin` is the offset of the text in its file.
[[nodiscard]] std::vector<Fence> find_fences(std::string_view text, std::uint32_t begin);

}  // namespace imglint::markdown
