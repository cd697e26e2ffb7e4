#include "rules/support/subjects.hpp"

#include <cstddef>

namespace imglint {

bool is_in_final_stage(const Subject& subject) {
  const auto& stages = subject.document->stages;
  const std::int32_t stage = subject.use->in_stage;
  if (stage < 0 || static_cast<std::size_t>(stage) >= stages.size()) return false;
  const std::int32_t parent = stages[static_cast<std::size_t>(stage)].parent;
  for (std::size_t later = static_cast<std::size_t>(stage) + 1; later < stages.size(); ++later)
    if (stages[later].parent == parent) return false;
  return true;
}

std::string_view display_name(const Subject& subject) {
  const ImageUse& use = *subject.use;
  return use.kind == Kind::unresolved ? use.written.text() : use.value.text();
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace imglint
