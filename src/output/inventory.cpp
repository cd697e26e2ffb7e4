#include "output/inventory.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "output/places.hpp"
#include "policy/channel_tag.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

constexpr std::size_t places_shown = 5;

}  // namespace

Hold hold_of(const CanonicalReference& name) {
  if (name.digest) return Hold::pinned;
  return !name.tag || *name.tag == "latest" || is_channel_tag(*name.tag) ? Hold::floating : Hold::tagged;
}

std::string_view to_string(Hold hold) {
  switch (hold) {
    case Hold::pinned:
      return "pinned";
    case Hold::tagged:
      return "tagged";
    case Hold::floating:
      return "floating";
    case Hold::unknown:
      return "unknown";
  }
  return {};
}

Inventory::Key Inventory::key_of(const Document& document, const ImageUse& use) {
  const bool built = use.kind == Kind::built;
  if (use.known_kind() == Kind::unresolved || !use.parsed())
    return {"", std::string(document.source->text(use.span)), Hold::unknown, built};
  const CanonicalReference name = canonical(*use.parsed(), use.value.text());
  return {name.registry, name.familiar(), hold_of(name), built};
}

void Inventory::add(Uses& uses, Uses more) {
  uses.count += more.count;
  std::vector<Place> all;
  std::ranges::merge(std::make_move_iterator(uses.first.begin()), std::make_move_iterator(uses.first.end()),
                     std::make_move_iterator(more.first.begin()), std::make_move_iterator(more.first.end()),
                     std::back_inserter(all), {}, &Place::of_document, &Place::of_document);
  if (all.size() > places_shown) all.resize(places_shown);
  uses.first = std::move(all);
}

void Inventory::add(std::size_t place, const Document& document) {
  Inventory own;
  for (const ImageUse& use : document.uses) {
    const bool is_image =
        use.kind == Kind::image || use.kind == Kind::unresolved || (with_built_ && use.kind == Kind::built);
    if (!use.active || !is_image) continue;
    Uses& uses = own.found_[key_of(document, use)];
    ++uses.count;
    if (uses.first.size() < places_shown)
      uses.first.push_back({place, report_path(document.source->path()) + ':' +
                                       std::to_string(document.source->position(use.span.begin).line)});
  }
  add(std::move(own));
}

void Inventory::add(Inventory more) {
  while (!more.found_.empty()) {
    auto node = more.found_.extract(more.found_.begin());
    const auto inserted = found_.insert(std::move(node));
    if (!inserted.inserted) add(inserted.position->second, std::move(inserted.node.mapped()));
  }
}

std::vector<InventoryEntry> Inventory::entries() const {
  std::vector<InventoryEntry> result;
  for (const auto& [key, uses] : found_) {
    const auto& [registry, image, hold, built] = key;
    InventoryEntry entry{registry, image, hold, built, uses.count, {}};
    for (const Place& place : uses.first) entry.places.push_back(place.text);
    result.push_back(std::move(entry));
  }
  return result;
}

}  // namespace imglint
