// The name of what is built here, and those that pull it by that name: they move together, or none does
// (docs/spec/retarget.md 6.7).
#include <algorithm>
#include <map>

#include "base/printable.hpp"
#include "base/quote.hpp"
#include "policy/subject.hpp"
#include "retarget/proposal.hpp"

namespace imglint {
namespace {

/// All that have one name, by index.
struct Group {
  std::vector<std::size_t> makers;
  std::vector<std::size_t> pullers;
};

/// Why those of a group that move cannot; empty if they can.
std::string reason_of(const std::string& name, const Group& group, const std::vector<Proposal>& proposals) {
  const auto moves = [&](std::size_t index) { return proposals[index].moves(); };
  for (const auto* members : {&group.makers, &group.pullers})
    for (const std::size_t index : *members)
      if (proposals[index].move.outcome == Move::Outcome::refused)
        return quoted(printable(name)) + " is built and pulled by this name, and " +
               printable(line_of(proposals[index])) + " stays, so none of them moves";
  if (std::ranges::any_of(group.makers, moves)) return {};
  return quoted(printable(name)) +
         " is built here, and where its build has the name lies outside of the given paths or is not "
         "written, so it stays; give both, or write 'image' beside the build";
}

}  // namespace

void refuse_half_of_built(std::vector<Proposal>& proposals, const Selection& selection) {
  std::map<std::string, Group> groups;
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    const Proposal& proposal = proposals[i];
    const bool counts = proposal.moves() || proposal.move.outcome == Move::Outcome::refused;
    if (!counts || !selection.is_output(*proposal.use)) continue;
    auto name = whole_name(*proposal.use);
    if (!name) continue;
    Group& group = groups[*std::move(name)];
    (is_pulled(*proposal.use->role) ? group.pullers : group.makers).push_back(i);
  }
  for (const auto& [name, group] : groups) {
    if (group.pullers.empty()) continue;
    const std::string reason = reason_of(name, group, proposals);
    if (reason.empty()) continue;
    for (const auto* members : {&group.makers, &group.pullers})
      for (const std::size_t index : *members)
        if (proposals[index].moves()) proposals[index].refuse(RefusalKind::not_editable, reason);
  }
}

}  // namespace imglint
