#include "project/compose/merge.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "kinds/compose/places.hpp"
#include "project/compose/budget.hpp"

namespace imglint::assembly {
namespace {

/// Of one list. Files that are merged with themselves double it.
constexpr std::size_t most_items = 100'000;

}  // namespace

bool has_image_volume(const Item& volumes) {
  return std::any_of(volumes.items.begin(), volumes.items.end(),
                     [](const Item* volume) { return text_of(find(volume, "type")) == "image"; });
}

std::string_view target_of(const Item& volume) {
  if (volume.kind == ItemKind::map) return text_of(find(&volume, "target"));
  return compose::target_of_volume(text_of(&volume));
}

void keep_last_of_target(Item& volumes) {
  if (!has_image_volume(volumes)) return;
  std::unordered_map<std::string_view, std::size_t> places;
  std::pmr::vector<Item*> kept(volumes.items.get_allocator());
  for (Item* volume : volumes.items) {
    const std::string_view target = target_of(*volume);
    if (const auto known = places.find(target); !target.empty() && known != places.end()) {
      kept[known->second] = volume;
      continue;
    }
    places.emplace(target, kept.size());
    kept.push_back(volume);
  }
  volumes.items = std::move(kept);
}

Where inner(Where place, std::string_view key) {
  switch (place) {
    case Where::top:
      return key == "services" ? Where::services : Where::plain;
    case Where::services:
      return Where::service;
    case Where::service:
      if (key == "build") return Where::build;
      if (key == "models") return Where::keyed;
      if (key == "env_file" || key == "tmpfs") return Where::joined;
      if (key == "volumes") return Where::volumes;
      if (key == "extends") return Where::extends;
      return key == "command" || key == "entrypoint" ? Where::replaced : Where::plain;
    case Where::build:
      return key == "args" || key == "additional_contexts" ? Where::keyed : Where::plain;
    case Where::keyed:
    case Where::joined:
    case Where::volumes:
    case Where::extends:
    case Where::replaced:
    case Where::plain:
      break;
  }
  return Where::plain;
}

Item* Merger::merge(Item* under, Item* over, Where place, const std::string& path) {
  if (!under || place == Where::replaced) return over;
  if (!over) return under;
  if (over->kind == ItemKind::null) {
    if (under->kind != ItemKind::null) changes_nothing_(*over);
    return under;
  }
  if (under->kind == ItemKind::null || over == under) {
    if (place == Where::volumes && is(over, ItemKind::sequence)) return append(over, nullptr, true);
    // A list of a file that is merged with itself has its entries twice.
    return over->kind == ItemKind::sequence && over == under ? append(under, over, false) : over;
  }
  if (under->kind == ItemKind::other || over->kind == ItemKind::other) return over;
  if (place == Where::joined) return append(under, over, false);
  if (place == Where::extends && under->kind == ItemKind::scalar) return merge_extends(under, over, path);
  if (under->kind == ItemKind::map) {
    if (over->kind == ItemKind::map) return merge_maps(under, over, place, path);
    refuse_(*over, path);
    return under;
  }
  if (under->kind == ItemKind::sequence) {
    if (over->kind == ItemKind::sequence) return append(under, over, place == Where::volumes);
    refuse_(*over, path);
    return under;
  }
  return over;
}

Item* Merger::merge_maps(Item* under, Item* over, Where place, const std::string& path) {
  Item* merged = items_.add({.kind = ItemKind::map,
                             .has_value = under->has_value,
                             .reading = under->reading,
                             .node = under->node,
                             .key = under->key,
                             .text = under->text,
                             .folder = under->folder});
  const bool is_large = under->entries.size() > 16 && over->entries.size() > 16;
  copied_ += (under->entries.size() + over->entries.size()) * (is_large ? copies_of_lookup : 1);
  merged->entries.reserve(under->entries.size() + over->entries.size());
  merged->entries.assign(under->entries.begin(), under->entries.end());
  // These are lists once they are merged.
  merged->shorthand =
      place == Where::keyed && (path.ends_with(".args") || path.ends_with(".additional_contexts"));
  std::unordered_map<std::string_view, std::size_t> places;
  if (is_large)
    for (std::size_t i = 0; i < under->entries.size(); ++i) places.emplace(under->entries[i].first, i);
  for (const auto& [name, value] : over->entries) {
    std::size_t at = merged->entries.size();
    if (is_large) {
      at = places.emplace(name, at).first->second;
    } else {
      const auto found = std::find_if(merged->entries.begin(), merged->entries.end(),
                                      [&, key = name](const auto& entry) { return entry.first == key; });
      at = static_cast<std::size_t>(found - merged->entries.begin());
    }
    if (at == merged->entries.size()) {
      merged->entries.emplace_back(name, value);
      continue;
    }
    Item*& slot = merged->entries[at].second;
    if (place == Where::keyed)
      slot = value;
    else
      slot = merge(slot, value, inner(place, name), (path.empty() ? path : path + '.') + std::string(name));
  }
  return merged;
}

Item* Merger::merge_extends(Item* under, Item* over, const std::string& path) {
  Item* mapping =
      items_.add({.kind = ItemKind::map, .reading = under->reading, .node = under->node, .key = under->key});
  mapping->entries.emplace_back("service", under);
  return merge(mapping, over, Where::plain, path);
}

Item* Merger::append(Item* under, Item* over, bool by_target) {
  Item* list = items_.add({.kind = ItemKind::sequence, .reading = under->reading, .node = under->node});
  for (Item* side : {under, over}) {
    if (is(side, ItemKind::sequence))
      list->items.insert(list->items.end(), side->items.begin(), side->items.end());
    else if (side)
      list->items.push_back(side);
  }
  copied_ += list->items.size();
  if (list->items.size() > most_items) {
    list->items.resize(most_items);
    has_overflowed_ = true;
  }
  if (by_target) keep_last_of_target(*list);
  return list;
}

Item* Merger::without(Item* item, const Resets& resets, Form form) {
  if (!is(item, ItemKind::map)) return item;
  Item* copy = nullptr;
  const auto change = [&] {
    if (!copy) copied_ += item->entries.size();
    return copy ? copy : (copy = items_.add(*item));
  };
  for (const auto& [name, part] : resets.inner) {
    Item* value = (copy ? copy : item)->find(name);
    if (!value) continue;
    if (part.here) {
      std::erase_if(change()->entries, [&, key = name](const auto& entry) { return entry.first == key; });
      continue;
    }
    const bool has_keys = !value->shorthand || (form == Form::canonical && name != "args");
    Item* changed = has_keys ? without(value, part, form) : value;
    if (changed == value) continue;
    for (auto& entry : change()->entries)
      if (entry.first == name) entry.second = changed;
  }
  return copy ? copy : item;
}

Item* Merger::without(Item* map, std::string_view key) {
  if (!find(map, key)) return map;
  copied_ += map->entries.size();
  Item* copy = items_.add(*map);
  std::erase_if(copy->entries, [&](const auto& entry) { return entry.first == key; });
  return copy;
}

}  // namespace imglint::assembly
