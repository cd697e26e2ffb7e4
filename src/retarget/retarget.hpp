// Retarget: what a move of images changes in the files of a run, and what it leaves with a reason
// (docs/spec/retarget.md 6). Pure: documents in, edits out; nothing is read or written.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "edit/edit.hpp"
#include "model/document.hpp"
#include "move/mapping.hpp"
#include "move/move.hpp"
#include "move/refusal.hpp"

namespace imglint {

struct RetargetOptions {
  MoveOptions move;
  bool include_syntax = false;    ///< `# syntax=` moves too
  bool include_built = false;     ///< names of what builds produce move too
  bool include_cache = false;     ///< build.cache_from moves too
  bool include_probable = false;  ///< places that only look like a reference move too
  bool include_features = false;  ///< features of devcontainers move too
  bool strict = false;            ///< nothing is edited while anything is unresolved
  std::vector<std::pair<std::string, std::string>> equivalent;  ///< prefixes declared to be the same images
  /// Files around those of the run that Kustomize builds together with them. They are not changed, and what
  /// would need that is refused.
  std::vector<const Document*> outside;
  std::string here;               ///< the current folder, where there are some
  bool shows_collisions = false;  ///< a run with a collision is planned all the same, to be looked at
  /// Paths that were asked for: an environment file elsewhere is not edited, but for the `.env` beside one of
  /// them. Empty: all.
  std::vector<std::string> given;
  /// Asked of an environment file by its path: why it is not to be edited, or nothing. May be empty.
  std::function<std::string(const std::string& path)> left_out = {};
};

/// One reference that moves.
struct PlannedMove {
  const Document* document = nullptr;
  const ImageUse* use = nullptr;
  Move move;
  std::string rule;         ///< for people: `--to ghcr.io/org`
  std::int32_t group = -1;  ///< those of one number are made together or not at all
};

/// One reference that should move and does not.
struct Unresolved {
  Location place;
  Refusal refusal;
};

/// Something worth saying at a place, or about the run (no source then).
struct RetargetNote {
  Location place;
  std::string message;  ///< lower-case start, no final stop
  bool warning = false;
};

/// References that a move concerns and that stay, by the reason.
struct Stays {
  std::size_t built = 0;          ///< names of what is built here
  std::size_t frontends = 0;      ///< `# syntax`
  std::size_t caches = 0;         ///< of builds
  std::size_t features = 0;       ///< of development containers
  std::size_t probable = 0;       ///< at places that only look like references
  std::size_t same_registry = 0;  ///< on the registry of --to, of other owners
  std::size_t already_there = 0;  ///< named as the run would name them
  std::size_t unknown = 0;        ///< without a value, and nothing says that the maps concern them
};

struct RetargetPlan {
  std::vector<PlannedMove> moves;  ///< in the order of the documents, then of position
  std::vector<Unresolved> unresolved;
  std::vector<RetargetNote> notes;
  Stays stays;
  std::vector<EditSet> edits;    ///< one for each file that changes, in the order of the documents
  std::vector<ImagePair> pairs;  ///< of the moves, distinct, sorted
  std::optional<RunError> collision = std::nullopt;  ///< nothing may be written then
};

/// Plans a move over all documents of a run. Documents of one source are readings of one file with different
/// build arguments. The documents must outlive the plan.
[[nodiscard]] std::variant<RetargetPlan, RunError> plan_retarget(std::span<const Document* const> documents,
                                                                 const Mapping& mapping,
                                                                 const RetargetOptions& options);

/// The text of a file with the edits of the plan.
[[nodiscard]] std::string text_after(const RetargetPlan& plan, const Source& source);

/// --strict: all edits or none. To be asked again after edits were withdrawn.
void hold_to_all(RetargetPlan& plan);

/// Takes back all edits of some files, with a reason, and those of references that would be half moved.
void withdraw_edits(RetargetPlan& plan, std::span<const std::pair<const Source*, std::string>> files);
/// The same of single references.
void withdraw_moves(RetargetPlan& plan, const std::map<const ImageUse*, std::string>& uses);

}  // namespace imglint
