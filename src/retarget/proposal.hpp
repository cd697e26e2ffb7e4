// The working state of a plan: every image use of the run with what its move asks for. For those who make
// plans: retarget, and pin, which moves nothing but adds digests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
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
  /// What this reading of the file lacks another one has: it says nothing, and its bytes are those of others.
  bool is_given_elsewhere = false;

  [[nodiscard]] bool moves() const { return move.outcome == Move::Outcome::moved; }
  /// To another name, not only to another tag or spelling.
  [[nodiscard]] bool moves_name() const { return moves() && move.pair.source != move.pair.target; }
  void refuse(RefusalKind kind, std::string message) {
    move.outcome = Move::Outcome::refused;
    move.refusal = {kind, std::move(message)};
  }
};

/// `FILE:LINE` of a place, or of what would move, for messages.
[[nodiscard]] std::string line_at(const Location& place);
[[nodiscard]] std::string line_of(const Proposal& proposal);

/// The same; of two readings of one place, what makes them differ, too.
[[nodiscard]] std::string line_apart(const Proposal& proposal, const Proposal& other);

/// What a use means as a whole, `:latest` written out; nothing if that is not known.
[[nodiscard]] std::optional<std::string> whole_name(const ImageUse& use);

/// Whether it is a feature of a development container.
[[nodiscard]] bool is_feature(const RoleInfo& role);

/// Which uses are references that a run may move (docs/spec/retarget.md 6.7).
class Selection {
 public:
  /// Both must outlive it.
  Selection(std::span<const Document* const> documents, const RetargetOptions& options);
  Selection(std::span<const Document* const> documents, RetargetOptions&& options) = delete;
  [[nodiscard]] bool selects(const ImageUse& use) const;
  /// Whether a use is the name of what a build of the run produces.
  [[nodiscard]] bool is_output(const ImageUse& use) const;
  /// Refuses moves of scalars that are both pulled and built (shared-anchor).
  void refuse_shared_anchors(std::vector<Proposal>& proposals) const;

 private:
  [[nodiscard]] bool is_own_base(const Document& document, const ImageUse& use) const;
  [[nodiscard]] bool is_pulled_by_name(const ImageUse& use) const;
  void note_disputed(std::span<const Document* const> documents);
  void note_built_by_commands(std::span<const Document* const> documents);

  const RetargetOptions* options_;
  std::map<const ImageUse*, std::string> shared_;    ///< both pulled and built, with what to say of it
  std::set<const ImageUse*> pulled_;                 ///< named by a build, and pulled by the service's policy
  std::set<std::string, std::less<>> pulled_names_;  ///< of those: canonical, with tag and digest
  /// Canonical, with tag and digest, and the Dockerfiles that they are built of.
  std::map<std::string, std::set<std::string>, std::less<>> outputs_;
  std::set<const ImageUse*> built_by_commands_;  ///< on command lines that have the name of what one makes
  std::set<const ImageUse*> own_bases_;  ///< pulled by the one build that gives its product the same name
};

/// Moves the names of kustomizations' entries with what they select, or refuses both
/// (docs/spec/kubernetes.md 5.4). May be asked again after others were refused.
void couple_kustomizations(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
                           const Mapping& mapping, const RetargetOptions& options);

/// A file with a mistake in it is not edited: what it means is a guess. Nor is one outside of the given
/// paths, of which all are meant if there is none, nor an environment file that is left out.
void refuse_blocked_files(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
                          const RetargetOptions& options = {});

/// A Dockerfile that services build is read by itself too. What a variable lacks there, they may give.
void drop_given_elsewhere(std::vector<Proposal>& proposals, std::span<const Document* const> documents);

/// What the proposals come to, in the order of the documents, with files and parts that could not be read.
/// `rule` names for people what moved a use.
[[nodiscard]] RetargetPlan collect_plan(std::vector<Proposal>& proposals,
                                        std::span<const Document* const> documents,
                                        const std::function<std::string(const Move&)>& rule);

/// The images of moves, sorted, each once.
[[nodiscard]] std::vector<ImagePair> distinct_pairs(const std::vector<PlannedMove>& moves);

/// Refuses moves whose bytes another use reads that does not ask for the same change (shared-variable).
void refuse_unshared_edits(std::vector<Proposal>& proposals);

/// Of a name that is built and pulled here, refuses the half that would move alone.
void refuse_half_of_built(std::vector<Proposal>& proposals, const Selection& selection);

/// All images that would get one name with another, or nothing.
[[nodiscard]] std::optional<RunError> find_collision(
    const std::vector<Proposal>& proposals, const Mapping& mapping,
    const std::vector<std::pair<std::string, std::string>>& equivalent);

/// Says what else a change touches: targets that stand in the files already, arguments that commands read,
/// maps that matched nothing. Counts what stays.
[[nodiscard]] std::vector<RetargetNote> notes_on(const std::vector<Proposal>& proposals,
                                                 std::span<const Document* const> documents,
                                                 const Mapping& mapping, const Selection& selection,
                                                 Stays& stays);

}  // namespace imglint
