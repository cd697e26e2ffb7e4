// The values of a unit file as podman reads it (docs/spec/pipelines.md 3.3).
#pragma once

#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "model/mapped_text.hpp"
#include "source/source.hpp"

namespace imglint::quadlet {

struct Assignment {
  std::string_view section;
  std::string_view key;
  MappedText value;  ///< lines joined, without blanks and quotes around it
};

/// Those of all sections, in order.
[[nodiscard]] std::vector<Assignment> read_unit(const Source& source, Arena& arena);

}  // namespace imglint::quadlet
