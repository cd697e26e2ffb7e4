// Inventory: the images in use, by registry and by how firmly their versions are held.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "reference/reference.hpp"

namespace imglint {

/// How firmly a reference holds a version: by digest, by a tag, not at all (`latest`, a channel, no tag).
enum class Hold : std::uint8_t { pinned, tagged, floating, unknown };
[[nodiscard]] Hold hold_of(const CanonicalReference& name);
[[nodiscard]] std::string_view to_string(Hold hold);

struct InventoryEntry {
  std::string registry;  ///< empty where it is unknown
  std::string image;     ///< as people write it, with tag and digest; as written where it is unknown
  Hold hold = Hold::unknown;
  bool built = false;            ///< here; else it is pulled
  std::vector<Location> places;  ///< in the order of the documents
};

struct Inventory {
  std::vector<InventoryEntry> entries;  ///< by registry and image
};

/// Images of active uses: those that are pulled, and on demand those that are built here; stages and the like
/// are none.
[[nodiscard]] Inventory inventory(std::span<const Document* const> documents, bool with_built = false);

}  // namespace imglint
