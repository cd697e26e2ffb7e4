// What a run of retarget writes beside its edits: the plan and the lock.
#pragma once

#include <optional>
#include <string>

#include "cli/commands/retarget_options.hpp"
#include "cli/session.hpp"
#include "project/project.hpp"
#include "retarget/lock.hpp"

namespace imglint {

/// What stood where a result went.
struct EarlierFile {
  bool was_there = false;
  std::optional<std::string> bytes = std::nullopt;  ///< nothing where they could not be read
};

/// Everything that goes beside the edits. All that is given must outlive it.
class RetargetResults {
 public:
  RetargetResults(const RetargetSettings& settings, const Project& project, const Session& session)
      : settings_(&settings), project_(&project), session_(&session) {}

  [[nodiscard]] std::optional<Error> write_plan(const RetargetPlan& plan) const;
  /// Before the edits, so that there is always a way back from them.
  [[nodiscard]] std::optional<Error> write_lock(const RetargetPlan& plan) const;
  /// The lock of a run that came to nothing would only be in the next one's way.
  void forget_lock(const RetargetPlan& plan) const;
  /// The file in whose place the plan goes. There must be one.
  [[nodiscard]] EarlierFile earlier_plan() const;
  /// Takes the plan of such a run away, too; what it took the place of comes back.
  void forget_plan(const EarlierFile& earlier) const;

 private:
  [[nodiscard]] Lock lock_of(const RetargetPlan& plan) const;
  void log_in_first(const RetargetPlan& plan) const;

  const RetargetSettings* settings_;
  const Project* project_;
  const Session* session_;
};

}  // namespace imglint
