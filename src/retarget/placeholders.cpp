#include "retarget/placeholders.hpp"

#include <algorithm>

#include "base/quote.hpp"
#include "kinds/kind.hpp"
#include "move/use_name.hpp"
#include "reference/name_pattern.hpp"

namespace imglint {
namespace {

/// Whether what is in the way is only that the name is not known, or none.
bool lacks_name(const Move& move) {
  return move.outcome == Move::Outcome::refused && (move.refusal.kind == RefusalKind::unknown_variable ||
                                                    move.refusal.kind == RefusalKind::invalid_reference);
}

/// What a command line takes from other commands, if nothing of the host is written.
std::vector<std::string> printed_by_commands(const Proposal& proposal) {
  const ImageUse& use = *proposal.use;
  if (proposal.document->part_of(use).kind->include != "scripts" ||
      proposal.move.outcome != Move::Outcome::refused ||
      proposal.move.refusal.kind != RefusalKind::unknown_variable)
    return {};
  const std::vector<std::string> texts = known_texts(use);
  const bool is_all_unknown = use.open_value.empty();
  if (!is_all_unknown && (texts.size() == 1 || texts.front().find('/') != std::string::npos)) return {};
  std::vector<std::string> printed;
  for (const Variable& variable : use.open_value.variables) {
    if (!variable.is_unset()) continue;
    if (!variable.is_output) return {};
    printed.push_back(written_text(variable));
  }
  return printed;
}

/// `'$A', '$B' and 3 more`.
std::string some_of(const std::set<std::string>& variables) {
  constexpr std::size_t most = 3;
  std::string text;
  std::size_t number = 0;
  for (const std::string& variable : variables) {
    if (number++ == most) return text + " and " + std::to_string(variables.size() - most) + " more";
    text += (text.empty() ? "" : ", ") + quoted(variable);
  }
  return text;
}

/// A word that Docker takes for a host only for its capitals, and that has nothing else.
bool is_in_capitals(std::string_view host) {
  return std::ranges::all_of(host, [](char c) { return c == '-' || (c >= 'A' && c <= 'Z'); });
}

}  // namespace

std::size_t excuse_documents(std::vector<Proposal>& proposals, std::vector<RetargetNote>& notes) {
  std::set<std::pair<const Source*, std::uint32_t>> known;
  Location first;
  for (Proposal& proposal : proposals) {
    if (proposal.document->kind->include != "docs" || !lacks_name(proposal.move)) continue;
    const Location place{proposal.document->source, proposal.use->span};
    if (known.empty()) first = place;
    known.emplace(place.source, place.span.begin);
    proposal.move = {};
  }
  if (known.size() == 1)
    notes.push_back({first, "stays: no file says what it is, and whoever reads this document fills it in"});
  else if (!known.empty())
    notes.push_back({first, std::to_string(known.size()) +
                                " references stay: no file says what they are, and whoever reads these "
                                "documents fills them in"});
  return known.size();
}

std::size_t excuse_scripts(std::vector<Proposal>& proposals, std::vector<RetargetNote>& notes) {
  std::set<std::pair<const Source*, std::uint32_t>> known;
  std::set<std::string> variables;
  Location first;
  for (Proposal& proposal : proposals) {
    const std::vector<std::string> printed = printed_by_commands(proposal);
    if (printed.empty()) continue;
    variables.insert(printed.begin(), printed.end());
    const Location place{proposal.document->source, proposal.use->span};
    if (known.empty()) first = place;
    known.emplace(place.source, place.span.begin);
    proposal.move = {};
  }
  const bool is_one = variables.size() == 1;
  if (!known.empty())
    notes.push_back(
        {first, (known.size() == 1 ? "stays: "
                                   : std::to_string(known.size()) + " references of command lines stay: ") +
                    some_of(variables) +
                    (is_one ? " is known only when it runs; change the name where it comes from"
                            : " are known only when they run; change the names where they come "
                              "from")});
  return known.size();
}

std::vector<RetargetNote> hosts_like_placeholders(const std::vector<Proposal>& proposals) {
  std::vector<RetargetNote> notes;
  std::set<std::string_view> told;
  for (const Proposal& proposal : proposals) {
    const std::string_view host = host_of(proposal.move.pair.source);
    if (!proposal.moves_name() || !is_in_capitals(host) || !told.insert(host).second) continue;
    notes.push_back({{proposal.document->source, proposal.use->span},
                     quote(std::string(host)) +
                         " is a host for its capitals alone; if it is to be filled in, "
                         "--except " +
                         std::string(host) + "/ leaves it"});
  }
  return notes;
}

}  // namespace imglint
