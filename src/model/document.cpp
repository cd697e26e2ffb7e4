#include "model/document.hpp"

namespace imglint {

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
