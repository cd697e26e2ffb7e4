#include "model/document.hpp"

#include "base/room.hpp"

namespace imglint {

void Document::add_use(ImageUse use) {
  if (is_full()) return leave_rest(use.span);
  make_room(uses, use.span.end, source->bytes().size());
  uses.push_back(std::move(use));
}

void Document::leave_rest(Span from) {
  if (std::exchange(rest_is_left_, true)) return;
  troubles.push_back({.kind = Trouble::Kind::unjudged,
                      .span = from,
                      .message = "cannot judge: more than " + std::to_string(most_references_of_file) +
                                 " references in one file; those from here on are not read",
                      .blocks_edits = true,
                      .hides_references = true});
}

const Stage* Document::stage_of(const ImageUse& use) const {
  const std::int32_t index = stage_index_of(use);
  return index < 0 ? nullptr : &stages[static_cast<std::size_t>(index)];
}

const Build* Document::build_of(const ImageUse& use) const {
  const Owner* of = owner(use.owner);
  return of && of->build >= 0 ? &builds[static_cast<std::size_t>(of->build)] : nullptr;
}

const Value& Document::platform_of(const ImageUse& use) const {
  static const Value none;
  const Stage* stage = is_stage_base(*use.role) ? stage_of(use) : nullptr;
  return stage ? stage->platform : none;
}

}  // namespace imglint
