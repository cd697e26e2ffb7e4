#include "rules/support/subjects.hpp"

#include <cstddef>

namespace imglint {

bool is_built_but_pulled(const Subject& subject) {
  const ImageUse& use = *subject.use;
  const bool names_build = use.role->main && use.role->function == Function::output;
  const Build* build = names_build ? subject.document->build_of(use) : nullptr;
  if (!build) return false;
  const std::string_view policy = build->pull_policy;
  return policy == "always" || policy == "missing" || policy == "if_not_present" || policy == "daily" ||
         policy == "weekly" || policy == "refresh" || policy.starts_with("every_");
}

bool is_in_final_stage(const Subject& subject) {
  const Document& document = *subject.document;
  const Stage* stage = document.stage_of(*subject.use);
  if (!stage) return false;
  // The stages of one Dockerfile stand together, also where a compose file holds several.
  const Stage* next = stage + 1;
  return next == document.stages.data() + document.stages.size() ||
         document.owner_of(*next).parent != document.owner_of(*stage).parent;
}

std::string quoted_range(const Subject& subject, TextRange range) {
  const bool has_tag = subject.parts.tag && range.end >= subject.parts.tag->end;
  const bool is_guess = has_tag && subject.use->tag_source() == TagSource::app_version;
  return quoted(subject.text(range)) + (is_guess ? " (tag guessed from appVersion)" : "");
}

std::string_view display_name(const Subject& subject) {
  const ImageUse& use = *subject.use;
  return use.kind == Kind::unresolved ? use.written.text() : use.value.text();
}

}  // namespace imglint
