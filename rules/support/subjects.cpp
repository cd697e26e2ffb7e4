#include "rules/support/subjects.hpp"

#include <cstddef>

namespace imglint {

bool is_built_but_pulled(const Subject& subject) {
  const ImageUse& use = *subject.use;
  const bool names_build = use.role->main && use.role->function == Function::output;
  if (!names_build || use.service < 0) return false;
  const std::string_view policy =
      subject.document->services[static_cast<std::size_t>(use.service)].pull_policy;
  return policy == "always" || policy == "missing" || policy == "if_not_present" || policy == "daily" ||
         policy == "weekly" || policy.starts_with("every_");
}

bool is_in_final_stage(const Subject& subject) {
  const auto& stages = subject.document->stages;
  if (subject.use->in_stage < 0) return false;
  const auto stage = static_cast<std::size_t>(subject.use->in_stage);
  if (stage >= stages.size()) return false;
  // The stages of one Dockerfile stand together, also where a compose file holds several.
  return stage + 1 == stages.size() || stages[stage + 1].parent != stages[stage].parent;
}

std::string_view display_name(const Subject& subject) {
  const ImageUse& use = *subject.use;
  return use.kind == Kind::unresolved ? use.written.text() : use.value.text();
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace imglint
