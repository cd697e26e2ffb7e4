#include "retarget/prove.hpp"

#include <map>
#include <string>
#include <vector>

#include "project/reload.hpp"
#include "retarget/verify.hpp"

namespace imglint {
namespace {

/// Reads the project again as it would be after the edits. The documents are in the order of the project's.
void read_again(const RetargetPlan& plan, const Project& project, const ProofOptions& options,
                Project& into) {
  std::map<std::string, std::string> changed;
  for (const EditSet& set : plan.edits) changed.insert_or_assign(set.source().path(), set.apply());
  reload_project(project, changed, options.is_text, options.load, options.files, into);
}

/// The files of rejected moves.
RejectedFiles files_of(const RetargetPlan& plan, const Rejected& rejected) {
  std::map<const Source*, std::string> reasons;
  for (const PlannedMove& one : plan.moves)
    if (const auto found = rejected.moves.find(one.use); found != rejected.moves.end())
      for (const Edit& edit : one.move.edits) reasons.try_emplace(edit.source, found->second);
  return {reasons.begin(), reasons.end()};
}

void withdraw_all(RetargetPlan& plan, const Error& error) {
  RejectedFiles all;
  for (const EditSet& set : plan.edits)
    all.emplace_back(&set.source(), "it cannot be read again to prove the edit: " + error.message);
  withdraw_edits(plan, all);
}

}  // namespace

/// Each round takes at least one file away, but for a few that take single references.
std::optional<Error> prove_plan(RetargetPlan& plan, const Project& project, const ProofOptions& options) {
  const std::vector<const Document*> before = project.documents();
  if (const RejectedFiles rejected = reject_unproven(plan, before, options.load.jobs); !rejected.empty())
    withdraw_edits(plan, rejected);
  constexpr int most_rounds = 4;
  int rounds = 0;
  while (!plan.edits.empty()) {
    Project again;
    read_again(plan, project, options, again);
    if (!again.errors.empty()) {
      withdraw_all(plan, again.errors.front());
      return again.errors.front();
    }
    const std::vector<const Document*> after = again.documents();
    const Rejected rejected =
        after.size() == before.size()
            ? reject_changed_meaning(plan, before, after)
            : Rejected{{},
                       {{&plan.edits.front().source(), "read again after the edit, the files are others"}}};
    if (rejected.moves.empty() && rejected.files.empty()) return std::nullopt;
    if (!rejected.moves.empty() && ++rounds > most_rounds)
      withdraw_edits(plan, files_of(plan, rejected));
    else if (!rejected.moves.empty())
      withdraw_moves(plan, rejected.moves);
    else
      withdraw_edits(plan, rejected.files);
  }
  return std::nullopt;
}

}  // namespace imglint
