#include "engine/retarget_prove.hpp"

#include <string>
#include <vector>

#include "engine/retarget_verify.hpp"
#include "source/overlay_file_system.hpp"

namespace imglint {
namespace {

/// Reads the project again as it would be after the edits. The documents are in the order of the project's.
void read_again(const RetargetPlan& plan, const Project& project, const ProofOptions& options,
                Project& into) {
  OverlayFileSystem files(options.files);
  // What was read once is read the same again, whatever happens on the disk meanwhile.
  std::vector<FoundFile> found;
  for (const ProjectFile& file : project.files) {
    files.put(file.source->path(), std::string(file.source->bytes()));
    found.push_back({.path = file.source->path(), .dialect = file.document->dialect});
  }
  for (const EditSet& set : plan.edits) files.put(set.source().path(), set.apply());
  if (!options.is_text) return load_project(found, options.load, files, into);
  const ProjectFile& file = project.files.front();
  std::string text(file.source->bytes());
  for (const EditSet& set : plan.edits)
    if (&set.source() == file.source.get()) text = set.apply();
  load_text(file.source->path(), std::move(text), file.document->dialect, options.load, files, into);
}

}  // namespace

/// Each round takes at least one file away.
void prove_plan(RetargetPlan& plan, const Project& project, const ProofOptions& options) {
  const std::vector<const Document*> before = project.documents();
  if (const RejectedFiles rejected = reject_changed_yaml(plan, before); !rejected.empty())
    withdraw_edits(plan, rejected);
  while (!plan.edits.empty()) {
    Project again;
    read_again(plan, project, options, again);
    const std::vector<const Document*> after = again.documents();
    const RejectedFiles rejected = after.size() == before.size()
                                       ? reject_changed_meaning(plan, before, after)
                                       : RejectedFiles{{&plan.edits.front().source(),
                                                        "read again after the edit, the files are others"}};
    if (rejected.empty()) return;
    withdraw_edits(plan, rejected);
  }
}

}  // namespace imglint
