// What registries say of the references of a run, as one report: `imglint verify` and `imglint outdated`.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "output/reference_states.hpp"
#include "project/project.hpp"

namespace imglint {

struct StateReport {
  std::string format;  ///< a name of state_format_names()
  bool all = false;    ///< what is well is shown, too
};

/// Prints the states in the order of the project's files and of their places, and how many there are. Gives
/// the exit code that they mean.
[[nodiscard]] ExitCode report_states(std::vector<ReferenceState> states, const Project& project,
                                     const StateReport& report, const Session& session);

}  // namespace imglint
