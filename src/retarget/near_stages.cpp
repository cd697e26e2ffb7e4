#include "retarget/near_stages.hpp"

#include "base/edit_distance.hpp"
#include "base/quote.hpp"
#include "policy/facts/official_images.hpp"

namespace imglint {
namespace {

/// A name alone where a stage may be named, and none that everybody knows as an image.
bool is_word_of_from(const ImageUse& use) {
  const Function function = use.role->function;
  const Reference* parts = use.parsed();
  return (function == Function::copied || function == Function::mounted) && use.kind == Kind::image &&
         parts && !parts->registry && !parts->name_space && !parts->tag && !parts->digest &&
         !is_official_image(use.value.text());
}

std::vector<std::string> names_of_stages(const Document& document) {
  std::vector<std::string> names;
  for (const Stage& stage : document.stages) {
    if (!stage.name.empty()) names.emplace_back(stage.name);
    if (names.size() == most_words_compared) break;
  }
  return names;
}

}  // namespace

std::vector<RetargetNote> words_like_stages(const std::vector<Proposal>& proposals) {
  std::vector<RetargetNote> notes;
  std::set<std::pair<const Source*, std::uint32_t>> told;  // a file may have been read several times
  for (const Proposal& proposal : proposals) {
    if (!proposal.moves() || !is_word_of_from(*proposal.use)) continue;
    const Location place{proposal.document->source, proposal.use->span};
    const std::string_view word = proposal.use->value.text();
    if (!told.emplace(place.source, place.span.begin).second) continue;
    const auto nearest = nearest_word(word, names_of_stages(*proposal.document));
    if (!nearest) continue;
    notes.push_back({place, "no stage is called " + quoted(word) +
                                ", so it moves as an image; did you mean the stage " + quoted(*nearest) +
                                "?"});
  }
  return notes;
}

}  // namespace imglint
