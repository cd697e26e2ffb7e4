// Copy plans: the commands that bring images to where the files will look for them, from the same table as
// the edits (docs/spec/retarget.md 6.9).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "move/move.hpp"

namespace imglint {

enum class PlanForm : std::uint8_t {
  list,
  docker,
  skopeo,
  crane,
  imagetools,
  regsync,
  verify,
  ecr_repositories
};
[[nodiscard]] std::optional<PlanForm> plan_form_named(std::string_view name);
/// Names of all forms, for help.
[[nodiscard]] std::span<const std::string_view> plan_form_names();

/// One entry for each distinct source and target, sorted; what cannot be copied as it stands is a comment.
[[nodiscard]] std::string copy_plan(std::span<const ImagePair> pairs, PlanForm form);

/// Registries that the plan reads from and writes to, each once, sorted.
struct PlanRegistries {
  std::vector<std::string> sources;
  std::vector<std::string> targets;
};
[[nodiscard]] PlanRegistries plan_registries(std::span<const ImagePair> pairs);

/// `:tag` and `@digest` of a suffix, without their marks; empty where there is none.
struct SuffixParts {
  std::string_view tag;
  std::string_view digest;
};
[[nodiscard]] SuffixParts suffix_parts(std::string_view suffix);

}  // namespace imglint
