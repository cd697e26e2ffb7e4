// What registries say of references, as one report: `imglint verify`, `imglint outdated`, `imglint mirror`.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "output/reference_states.hpp"
#include "project/project.hpp"

namespace CLI {
class App;
}

namespace imglint {

struct StateReport {
  bool all = false;             ///< what is well is shown, too
  std::string format = "text";  ///< a name of state_format_names()
};
/// `--all`, of which `all_help` says what it shows, and `--format`.
void add_report_options(CLI::App& command, StateReport& report, const char* all_help, const char* group);

/// In the order of the project's files and of their places.
[[nodiscard]] std::vector<ReferenceState> sorted_states(std::vector<ReferenceState> states,
                                                        const Project& project);

/// Prints the states as they come, and how many there are. Gives the exit code that they mean.
[[nodiscard]] ExitCode report_states(const std::vector<ReferenceState>& states, const StateReport& report,
                                     const Session& session);

}  // namespace imglint
