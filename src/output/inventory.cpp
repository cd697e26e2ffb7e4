#include "output/inventory.hpp"

#include <map>
#include <tuple>
#include <utility>

#include "policy/channel_tag.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

using Key = std::tuple<std::string, std::string, Hold, bool>;

Key key_of(const Document& document, const ImageUse& use) {
  const bool built = use.kind == Kind::built;
  if (use.kind == Kind::unresolved || !use.parsed())
    return {"", std::string(document.source->text(use.span)), Hold::unknown, built};
  const CanonicalReference name = canonical(*use.parsed(), use.value.text());
  return {name.registry, name.familiar(), hold_of(name), built};
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
    case Hold::unknown:
      return "unknown";
  }
  return {};
}

Inventory inventory(std::span<const Document* const> documents, bool with_built) {
  std::map<Key, std::vector<Location>> found;
  for (const Document* document : documents)
    for (const ImageUse& use : document->uses)
      if (use.active && (use.kind == Kind::image || use.kind == Kind::unresolved ||
                         (with_built && use.kind == Kind::built)))
        found[key_of(*document, use)].push_back({document->source, use.span});
  Inventory result;
  for (auto& [key, places] : found) {
    const auto& [registry, image, hold, built] = key;
    result.entries.push_back({registry, image, hold, built, std::move(places)});
  }
  return result;
}

}  // namespace imglint
