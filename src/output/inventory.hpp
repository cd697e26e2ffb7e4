// Inventory: the images in use, by registry and by how firmly their versions are held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/document.hpp"
#include "reference/reference.hpp"

namespace imglint {

/// How firmly a reference holds a version: by digest, by a tag, not at all (`latest`, a channel, no tag); or
/// by a tag that is a guess (a chart's appVersion).
enum class Hold : std::uint8_t { pinned, tagged, floating, guessed, unknown };
[[nodiscard]] Hold hold_of(const CanonicalReference& name);
[[nodiscard]] std::string_view to_string(Hold hold);

struct InventoryEntry {
  std::string registry;  ///< empty where it is unknown
  std::string image;     ///< as people write it, with tag and digest; as written where it is unknown
  Hold hold = Hold::unknown;
  bool built = false;  ///< here, or the name of what a build makes; else it is pulled
  std::uint64_t uses = 0;
  std::vector<std::string> places;  ///< the first few, for people: `path:line`
};

/// Images of active uses: those that are pulled, and on demand those that are built here; stages and the like
/// are none. Keeps nothing of the documents.
class Inventory {
 public:
  explicit Inventory(bool with_built = false) : with_built_(with_built) {}

  /// In any order. `place` tells where a document stands in the order of outputs.
  void add(std::size_t place, const Document& document);
  void add(Inventory more);

  /// By registry and image.
  [[nodiscard]] std::vector<InventoryEntry> entries() const;

 private:
  using Key = std::tuple<std::string, std::string, Hold, bool>;
  struct Place {
    std::size_t of_document = 0;
    std::string text;
  };
  struct Uses {
    std::uint64_t count = 0;
    std::vector<Place> first;  ///< in order
  };
  [[nodiscard]] static Key key_of(const Document& document, const ImageUse& use);
  static void add(Uses& uses, Uses more);

  bool with_built_;
  std::map<Key, Uses> found_;
};

}  // namespace imglint
