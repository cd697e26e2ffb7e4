// Proof of a plan against the files of its run: they are read again as they would be after the edits.
#pragma once

#include <optional>

#include "project/project.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// How the project was read.
struct ProofOptions {
  LoadOptions load;
  bool is_text = false;  ///< by load_text()
  FileSystem& files;
};

/// Takes back the edits of files of which it cannot be proved that they change what is meant and nothing
/// else. An error if a file that the run reads beside them cannot be read again; then no edit is left.
std::optional<Error> prove_plan(RetargetPlan& plan, const Project& project, const ProofOptions& options);

}  // namespace imglint
