// Files that say of themselves that a program writes them.
#pragma once

#include <optional>
#include <string>

#include "source/source.hpp"

namespace imglint {

struct GeneratedHeader {
  Span place;          ///< the line that says so
  std::string origin;  ///< what the file is made of, or by; empty if the line does not say
};

/// A comment among the first lines: `# Code generated from X. DO NOT EDIT.` and its like.
[[nodiscard]] std::optional<GeneratedHeader> find_generated_header(const Source& source);

}  // namespace imglint
