#include "cli/commands/report_states.hpp"

#include <algorithm>
#include <map>

#include "cli/commands/move_targets.hpp"

namespace imglint {

ExitCode report_states(std::vector<ReferenceState> states, const Project& project, const StateReport& report,
                       const Session& session) {
  std::map<const Source*, std::size_t> order;
  for (const ProjectFile& file : project.files) order.emplace(file.source.get(), order.size());
  std::stable_sort(states.begin(), states.end(), [&](const ReferenceState& a, const ReferenceState& b) {
    if (a.place.source != b.place.source) return order[a.place.source] < order[b.place.source];
    return a.place.span < b.place.span;
  });
  const StateFormat format = state_format_named(report.format).value_or(StateFormat::text);
  session.out(states_text(states, format, report.all));
  if (!session.quiet) session.err(states_summary(states));
  return exit_code_of(states);
}

}  // namespace imglint
