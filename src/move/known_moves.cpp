#include "move/known_moves.hpp"

#include "policy/facts/moves.hpp"

namespace imglint {

std::vector<MapEntry> known_moves(std::uint32_t layer, std::string_view as_of) {
  std::vector<MapEntry> entries;
  for (const auto facts : {moved_registries(), moved_images()})
    for (const MoveFact& fact : facts)
      if (!fact.to.empty() && fact.since <= as_of)
        entries.push_back({.from = std::string(fact.from),
                           .to = std::string(fact.to),
                           .origin = std::string(known_origin),
                           .layer = layer,
                           .fact = &fact});
  return entries;
}

}  // namespace imglint
