// Which uses a family of rules judges (docs/spec/rules.md 1, "Subjects").
#pragma once

#include <string>
#include <string_view>

#include "base/quote.hpp"
#include "policy/subject.hpp"

namespace imglint {

/// The name of what a service builds, which compose asks a registry for all the same (`pull_policy`).
[[nodiscard]] bool is_built_but_pulled(const Subject& subject);

/// An image that is pulled, or a part of the name of one, with parts to judge. Not one of the local store.
[[nodiscard]] inline bool is_pulled_image(const Subject& subject) {
  const RoleInfo& role = *subject.use->role;
  const bool pulled = (is_pulled(role) && !role.local) || role.function == Function::fragment;
  return subject.has_parts && ((subject.use->kind != Kind::built && pulled) || is_built_but_pulled(subject));
}

/// The same, and the frontend of `# syntax`.
[[nodiscard]] inline bool is_pulled_or_frontend(const Subject& subject) {
  return is_pulled_image(subject) || (subject.has_parts && subject.use->role->function == Function::frontend);
}

/// Everything that talks to a registry: caches, build tags and models too, but not the name of what is built,
/// nor one in the local store.
[[nodiscard]] inline bool talks_to_registry(const Subject& subject) {
  if (is_built_but_pulled(subject)) return subject.has_parts;
  const RoleInfo& role = *subject.use->role;
  const bool names_build = role.function == Function::output;
  return subject.has_parts && !role.local && !(names_build && role.main) &&
         (subject.use->kind != Kind::built || names_build);
}

/// `COPY --from` or `RUN --mount from`, not behind ONBUILD.
[[nodiscard]] inline bool is_copy_or_mount(const ImageUse& use) {
  const Function function = use.role->function;
  return (function == Function::copied || function == Function::mounted) && !use.role->deferred;
}

/// Stands in the last stage of its Dockerfile.
[[nodiscard]] bool is_in_final_stage(const Subject& subject);

/// A range of the reference in quotes, for messages; with a word where it has a tag that is a guess.
[[nodiscard]] std::string quoted_range(const Subject& subject, TextRange range);

/// The reference for messages: as evaluated, or as written where something is missing.
[[nodiscard]] std::string_view display_name(const Subject& subject);

}  // namespace imglint
