#include "output/inventory.hpp"

#include <tuple>

#include "reference/parse.hpp"

namespace imglint {
namespace {

Hold hold_of(const CanonicalReference& name) {
  if (name.digest) return Hold::pinned;
  return name.tag && *name.tag != "latest" ? Hold::tagged : Hold::floating;
}

using Key = std::tuple<std::string, std::string, Hold>;

Key key_of(const Document& document, const ImageUse& use) {
  if (use.kind != Kind::image || !use.parsed())
    return {"", std::string(document.source->text(use.span)), Hold::unknown};
  const CanonicalReference name = canonical(*use.parsed(), use.value.text());
  return {name.registry, name.familiar(), hold_of(name)};
}

}  // namespace

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

Inventory inventory(std::span<const Document* const> documents) {
  std::map<Key, std::vector<Location>> found;
  Inventory result;
  for (const Document* document : documents) {
    for (const ImageUse& use : document->uses) {
      if (!use.active || (use.kind != Kind::image && use.kind != Kind::unresolved)) continue;
      const Key key = key_of(*document, use);
      found[key].push_back({document->source, use.span});
      ++result.holds[std::get<Hold>(key)];
      if (!std::get<0>(key).empty()) ++result.registries[std::get<0>(key)];
    }
  }
  for (auto& [key, places] : found)
    result.entries.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::move(places)});
  return result;
}

}  // namespace imglint
