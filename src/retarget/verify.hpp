// Proof of a plan before anything is written: the edited files are read again, and must hold exactly the
// intended references and no new trouble (docs/design.md 6, law 4).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "retarget/retarget.hpp"

namespace imglint {

/// Whether a reference that was read again is the one of that role and path. A path that ends in a key which
/// is the reference itself changes with it.
[[nodiscard]] bool is_at_same_place(const ImageUse& before, const ImageUse& after);

/// Files whose edits must not be made, and why.
using RejectedFiles = std::vector<std::pair<const Source*, std::string>>;

/// What must not be made, and why.
struct Rejected {
  std::map<const ImageUse*, std::string> moves;  ///< references that would not become what is meant
  RejectedFiles files;                           ///< where all others but those would not stay as they are
};

/// Each kind proves its edits by itself: YAML files parse to the same events, but for the edited scalars
/// (docs/spec/yaml.md 2). On up to `jobs` threads (0: one for each core), for it takes longer than reading.
[[nodiscard]] RejectedFiles reject_unproven(const RetargetPlan& plan,
                                            std::span<const Document* const> documents, unsigned jobs);
/// The same for one file, of a kind. Nothing if all is well.
[[nodiscard]] std::optional<std::string> why_unproven(const EditSet& edits, const KindInfo& kind);

/// Compares each document with its reading after the edits; `after` is in the order of `before`. A document
/// that was not read again is null. Of a document with rejected moves nothing else is told: without them it
/// may be as it was.
[[nodiscard]] Rejected reject_changed_meaning(const RetargetPlan& plan,
                                              std::span<const Document* const> before,
                                              std::span<const Document* const> after);

}  // namespace imglint
