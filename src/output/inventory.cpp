#include "output/inventory.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "output/places.hpp"
#include "policy/channel_tag.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

constexpr std::size_t places_shown = 5;

/// A tag that another place gives is no lack of one, as for the rules.
Hold hold_of_use(const ImageUse& use, const CanonicalReference& name) {
  switch (use.tag_source()) {
    case TagSource::app_version:
      return Hold::guessed;
    case TagSource::elsewhere:
      return Hold::unknown;
    case TagSource::written:
      break;
  }
  return hold_of(name);
}

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
    case Hold::guessed:
      return "guessed";
    case Hold::unknown:
      return "unknown";
  }
  return {};
}

Inventory::Key Inventory::key_of(const Document& document, const ImageUse& use) {
  const bool built = use.is_of_build();
  if (use.known_kind() == Kind::unresolved || !use.parsed())
    return {"", std::string(document.source->text(use.span)), Hold::unknown, built};
  const CanonicalReference name = canonical(*use.parsed(), use.value.text());
  return {name.registry, name.familiar(), hold_of_use(use, name), built};
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
  std::set<Key> at_place;  // what a place may be: the values of a matrix, of which several may be the same
  for (const ImageUse& use : document.uses) {
    const bool is_image = use.kind == Kind::image || use.kind == Kind::unresolved || use.kind == Kind::built;
    if (!use.active || !is_image || (use.is_of_build() && !with_built_)) continue;
    Key key = key_of(document, use);
    if (!use.alternative) at_place.clear();
    if (!at_place.insert(key).second) continue;
    Uses& uses = own.found_[std::move(key)];
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
