// Item: a value of a compose project while it is put together. Unlike the nodes of a tree, items of several
// files hang together; each still knows which node of which file supplied it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "tree/view.hpp"

namespace imglint::assembly {

struct Reading;

enum class ItemKind : std::uint8_t {
  null,
  scalar,
  sequence,
  map,
  other,  ///< of a key that says nothing of images: only that it is there counts
};

struct Item {
  ItemKind kind = ItemKind::null;
  /// A map that was written as text or as a list: `build: src`, `args: [A=1]`. No `!reset` reaches into it
  /// until its file is read (Form in merge.hpp).
  bool shorthand = false;
  bool has_value = true;  ///< false for `args: [NAME]`, whose value the environment gives
  /// False for a template without a value, as where a required variable has none: whoever starts the project
  /// may give it.
  bool is_known = true;
  Reading* reading = nullptr;                  ///< null for what no file says
  compose::NodeIndex node = compose::no_node;  ///< the value; of an entry without one, its key
  compose::NodeIndex key = compose::no_node;   ///< the key it stands at, or the node itself in a list
  std::string_view text;                       ///< of a scalar, interpolated; its reading has the map
  std::string_view folder;                     ///< what a path in it is relative to; null data until known
  std::pmr::vector<std::pair<std::string_view, Item*>> entries = {};  ///< of a map
  std::pmr::vector<Item*> items = {};                                 ///< of a sequence

  [[nodiscard]] Item* find(std::string_view name) const {
    for (const auto& [key_name, value] : entries)
      if (key_name == name) return value;
    return nullptr;
  }
};

[[nodiscard]] inline bool is(const Item* item, ItemKind kind) { return item && item->kind == kind; }
/// The value of a key; null if it is missing, or if there is no map.
[[nodiscard]] inline Item* find(const Item* map, std::string_view name) {
  return is(map, ItemKind::map) ? map->find(name) : nullptr;
}
/// The text of a scalar; empty for everything else.
[[nodiscard]] inline std::string_view text_of(const Item* item) {
  return is(item, ItemKind::scalar) ? item->text : std::string_view();
}

/// Where items live, as long as their project. They are never taken apart: all they have lies here.
class Items {
 public:
  Item* add(const Item& item) {
    void* place = memory_.allocate(sizeof(Item), alignof(Item));
    return ::new (place) Item{.kind = item.kind,
                              .shorthand = item.shorthand,
                              .has_value = item.has_value,
                              .is_known = item.is_known,
                              .reading = item.reading,
                              .node = item.node,
                              .key = item.key,
                              .text = item.text,
                              .folder = item.folder,
                              .entries = {item.entries, &memory_},
                              .items = {item.items, &memory_}};
  }

  /// Frees all of them.
  void release() { memory_.release(); }

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

/// The places of a file that have the tag `!reset` or `!override`: what came before is taken away there.
struct Resets {
  bool here = false;
  std::vector<std::pair<std::string_view, Resets>> inner = {};

  /// The part behind a key, made if it is missing.
  Resets& at(std::string_view key) {
    for (auto& [name, part] : inner)
      if (name == key) return part;
    return inner.emplace_back(key, Resets()).second;
  }
  [[nodiscard]] const Resets* find(std::string_view key) const {
    for (const auto& [name, part] : inner)
      if (name == key) return &part;
    return nullptr;
  }
  [[nodiscard]] bool empty() const { return !here && inner.empty(); }
};

}  // namespace imglint::assembly
