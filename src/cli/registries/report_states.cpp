#include "cli/registries/report_states.hpp"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>

#include "cli/choice.hpp"
#include "cli/registries/move_targets.hpp"

namespace imglint {

void add_report_options(CLI::App& command, StateReport& report, const char* all_help, const char* group) {
  command.add_flag("--all", report.all, all_help)->group(group);
  const auto names = state_format_names();
  command.add_option("--format", report.format, "text, json, jsonl or sarif")
      ->check(word_of({names.begin(), names.end()}))
      ->type_name("FORMAT")
      ->group(group);
}

std::vector<ReferenceState> sorted_states(std::vector<ReferenceState> states, const Project& project) {
  std::map<const Source*, std::size_t> order;
  for (const ProjectFile& file : project.files) order.emplace(file.source.get(), order.size());
  std::stable_sort(states.begin(), states.end(), [&](const ReferenceState& a, const ReferenceState& b) {
    if (a.place.source != b.place.source) return order[a.place.source] < order[b.place.source];
    return a.place.span < b.place.span;
  });
  return states;
}

ExitCode report_states(const std::vector<ReferenceState>& states, const StateReport& report,
                       const Session& session) {
  const StateFormat format = state_format_named(report.format).value_or(StateFormat::text);
  session.out(states_text(states, format, report.all));
  if (!session.quiet) session.err(states_summary(states));
  return exit_code_of(states);
}

}  // namespace imglint
