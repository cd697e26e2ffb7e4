// Inventory: the images that are pulled, by registry and by how firmly their versions are held.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"

namespace imglint {

/// How firmly a reference holds a version.
enum class Hold : std::uint8_t { pinned, tagged, floating, unknown };
[[nodiscard]] std::string_view to_string(Hold hold);

struct InventoryEntry {
  std::string registry;  ///< empty where it is unknown
  std::string image;     ///< as people write it, with tag and digest; as written where it is unknown
  Hold hold = Hold::unknown;
  std::vector<Location> places;  ///< in the order of the documents
};

struct Inventory {
  std::vector<InventoryEntry> entries;              ///< by registry and image
  std::map<std::string, std::uint64_t> registries;  ///< references of known images, by registry
  std::map<Hold, std::uint64_t> holds;              ///< references
};

/// Images of active uses; what is built here, stages and the like are none.
[[nodiscard]] Inventory inventory(std::span<const Document* const> documents);

}  // namespace imglint
