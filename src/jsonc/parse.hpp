// From the bytes of a JSON file, with comments and trailing commas, to the nodes that YAML has too
// (docs/spec/pipelines.md 3.1).
#pragma once

#include <cstdint>
#include <optional>

#include "base/arena.hpp"
#include "model/document.hpp"
#include "source/source.hpp"
#include "tree/tree.hpp"
#include "yaml/scalar.hpp"

namespace imglint::jsonc {

struct Parsed {
  yaml::Tree tree;
  std::optional<Trouble> trouble;
};

/// Never throws; linear time; nesting is limited to 500. Strings are scalars that are not plain, numbers and
/// truth values plain ones. Of equal keys all are there.
[[nodiscard]] Parsed parse(const Source& source, std::uint32_t max_bytes, Arena& arena);

/// Where a scalar stands, with the bytes that each of its characters came from.
[[nodiscard]] yaml::ScalarPlace locate(const Source& source, const yaml::Node& node, Arena& arena);

}  // namespace imglint::jsonc
