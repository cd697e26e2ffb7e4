// Moving a reference that is written in several scalars: which of them takes which part of the new name
// (docs/spec/kubernetes.md 6.3).
#pragma once

#include <string_view>

#include "model/document.hpp"
#include "move/placer.hpp"

namespace imglint {

/// The edits for a new name, `host/path` in full. No scalar is ever added.
[[nodiscard]] PlacedOrRefusal place_split_name(const ImageUse& use, const Document& document,
                                               std::string_view new_name);

/// The edits for a new `:tag@digest`.
[[nodiscard]] PlacedOrRefusal place_split_suffix(const ImageUse& use, const Document& document,
                                                 std::string_view new_suffix);

}  // namespace imglint
