// The files around those of a run, in the same git work trees: who else may select, or read, what it changes.
#pragma once

#include <optional>
#include <vector>

#include "cli/common_options.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/session.hpp"

namespace imglint {

/// Walks the work trees when it is first asked, and never again.
class Surroundings {
 public:
  /// All are borrowed.
  Surroundings(const CommonOptions& options, ConfiguredContexts& contexts, const Session& session)
      : options_(&options), contexts_(&contexts), session_(&session) {}

  /// Those of the run are among them; none if its paths are all of the trees. `what` is told of the walk.
  [[nodiscard]] const std::vector<FoundFile>& files(const char* what);

 private:
  const CommonOptions* options_;
  ConfiguredContexts* contexts_;
  const Session* session_;
  std::optional<std::vector<FoundFile>> files_;
};

}  // namespace imglint
