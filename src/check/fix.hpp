// fix: the fixes that findings offer, made again and again until nothing changes. Nothing is written here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "edit/edit.hpp"
#include "model/finding.hpp"
#include "project/project.hpp"
#include "project/revision.hpp"

namespace imglint {

/// The fixes of some findings that go together.
struct FixPlan {
  std::vector<EditSet> sets;                ///< one for each file that changes, in the order of the files
  std::vector<const Finding*> taken;        ///< whose fixes are in the sets
  std::vector<const Finding*> conflicting;  ///< whose fixes overlap one of those
};

/// Chooses the fixes that are at most as daring as `most`, in the order of the findings, in the given files
/// only. Of two that overlap the earlier is taken, whole. Those of the findings `without` are left out.
[[nodiscard]] FixPlan plan_fixes(std::span<const Finding> findings, Safety most,
                                 std::span<const Source* const> files,
                                 const std::set<const Finding*>& without = {});

/// A run in some state of repair: what was read, and what is wrong with it after suppressions and the like.
/// The findings borrow from the project.
struct JudgedRun {
  std::unique_ptr<Project> project;
  std::vector<Finding> findings;
};

/// Reads and judges the run again, with other bytes for some paths.
using Judge = std::function<JudgedRun(const std::map<std::string, std::string>& changed)>;

struct FixResult {
  JudgedRun last;  ///< after the fixes: what is left
  std::vector<Revision>
      revisions;            ///< files that changed, in the order of the run; borrow from the first run
  std::uint64_t fixed = 0;  ///< findings repaired
  std::vector<std::string> refused;     ///< files whose fixes would have broken them, for a remark
  std::vector<std::string> incomplete;  ///< files of whose fixes some would have, and were left out
};

/// Repeats until no fix is left, ten times at most. A fix that breaks its file by itself is left out; a file
/// that would have new troubles keeps the bytes it had. `first` must outlive the result.
[[nodiscard]] FixResult fix_until_stable(const JudgedRun& first, Safety most, const Judge& judge);

}  // namespace imglint
