// From the bytes of an HCL file, as far as bake files go, to the nodes that YAML has too
// (docs/spec/pipelines.md 3.2): a block is a map in maps by its type and its labels, an attribute a value.
// What is neither text, a name, a list nor an object is an empty value.
#pragma once

#include <cstdint>
#include <optional>

#include "base/arena.hpp"
#include "model/document.hpp"
#include "source/source.hpp"
#include "tree/tree.hpp"
#include "yaml/scalar.hpp"

namespace imglint::hcl {

/// The tag of a scalar that is the name of a variable.
inline constexpr std::string_view name_tag = "!name";

struct Parsed {
  yaml::Tree tree;
  std::optional<Trouble> trouble;
};

/// Never throws; linear time; nesting is limited to 100. Blocks of one type may be there several times, as
/// equal keys.
[[nodiscard]] Parsed parse(const Source& source, std::uint32_t max_bytes, Arena& arena);

/// Where a scalar stands, with the bytes that each of its characters came from. Templates in it stay as they
/// are written.
[[nodiscard]] yaml::ScalarPlace locate(const Source& source, const yaml::Node& node, Arena& arena);

}  // namespace imglint::hcl
