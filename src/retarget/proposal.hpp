// The working state of a plan: every image use of the run with what its move asks for. Inside of
// engine/retarget.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "retarget/retarget.hpp"

namespace imglint {

/// One use of one document. Unselected uses are here too: they read bytes that others may want to change.
struct Proposal {
  const Document* document = nullptr;
  const ImageUse* use = nullptr;
  Move move;
  std::int32_t group = -1;  ///< those of one number move together or not at all

  [[nodiscard]] bool moves() const { return move.outcome == Move::Outcome::moved; }
  void refuse(RefusalKind kind, std::string message) {
    move.outcome = Move::Outcome::refused;
    move.refusal = {kind, std::move(message)};
  }
};

/// What a use means as a whole, `:latest` written out; nothing if that is not known.
[[nodiscard]] std::optional<std::string> whole_name(const ImageUse& use);

/// Which uses are references that a run may move (docs/spec/retarget.md 6.7).
class Selection {
 public:
  Selection(std::span<const Document* const> documents, const RetargetOptions& options);
  [[nodiscard]] bool selects(const ImageUse& use) const;
  /// Whether a use is the name of what a build of the run produces.
  [[nodiscard]] bool is_output(const ImageUse& use) const;
  /// Refuses moves of scalars that are both pulled and built (shared-anchor).
  void refuse_shared_anchors(std::vector<Proposal>& proposals) const;

 private:
  const RetargetOptions* options_;
  std::map<const ImageUse*, std::string> shared_;  ///< both pulled and built, with what to say of it
  std::set<std::string, std::less<>> outputs_;     ///< canonical, with tag and digest
};

/// Moves the names of kustomizations' entries with what they select, or refuses both
/// (docs/spec/kubernetes.md 5.4). May be asked again after others were refused.
void couple_kustomizations(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
                           const Mapping& mapping, const MoveOptions& options);

/// Refuses moves whose bytes another use reads that does not ask for the same change (shared-variable).
void refuse_unshared_edits(std::vector<Proposal>& proposals);

/// Two images that would get one name, or nothing.
[[nodiscard]] std::optional<RunError> find_collision(
    const std::vector<Proposal>& proposals,
    const std::vector<std::pair<std::string, std::string>>& equivalent);

/// Says what else a change touches: targets that stand in the files already, arguments that commands read,
/// maps that matched nothing.
[[nodiscard]] std::vector<RetargetNote> notes_on(const std::vector<Proposal>& proposals,
                                                 std::span<const Document* const> documents,
                                                 const Mapping& mapping, const Selection& selection);

}  // namespace imglint
