// Two images that would get one name.
#include <algorithm>
#include <map>
#include <set>

#include "base/quote.hpp"
#include "retarget/proposal.hpp"

namespace imglint {

namespace {

using Equivalents = std::vector<std::pair<std::string, std::string>>;

/// Whether a chain of declarations, each read in either direction, leads from one name to another.
bool are_equivalent(const std::string& one, const std::string& other, const Equivalents& equivalent) {
  std::vector<std::string> reached = {one};
  const auto add = [&](std::string name) {
    if (std::find(reached.begin(), reached.end(), name) == reached.end()) reached.push_back(std::move(name));
  };
  // A prefix declared equal to one below it has no end of names.
  const std::size_t most = 4 * equivalent.size() + 1;
  for (std::size_t i = 0; i < reached.size() && i < most; ++i) {
    if (reached[i] == other) return true;
    const std::string name = reached[i];
    for (const auto& [left, right] : equivalent) {
      if (is_under(name, left)) add(right + name.substr(left.size()));
      if (is_under(name, right)) add(left + name.substr(right.size()));
    }
  }
  return false;
}

/// A map of its own says where exactly this image goes: whoever wrote two such maps to one target means it.
bool is_named_whole(const Proposal& proposal, const Mapping& mapping) {
  if (proposal.move.mapped.entry < 0) return false;
  const NamePattern& from = mapping.entries()[static_cast<std::size_t>(proposal.move.mapped.entry)].from;
  return from.kind != NamePattern::Kind::wildcard && from.name == proposal.move.pair.source;
}

/// Two known moves to one place: what they were called before were names of the same images.
bool are_known_to_be_one(const Proposal& one, const Proposal& other, const Mapping& mapping) {
  const auto fact_of = [&](const Proposal& proposal) -> const MoveFact* {
    if (proposal.move.mapped.entry < 0) return nullptr;
    const auto entry = static_cast<std::size_t>(proposal.move.mapped.entry);
    return mapping.options().maps[mapping.entries()[entry].written].fact;
  };
  const MoveFact* first = fact_of(one);
  const MoveFact* second = fact_of(other);
  return first && second && first->to == second->to;
}

/// Two names of what one file has built, or of its caches: nobody pulls one in the belief that it is the
/// other.
bool are_both_made(const Proposal& one, const Proposal& other) {
  const auto is_made = [](const Proposal& proposal) {
    const Function function = proposal.use->role->function;
    return function == Function::output || function == Function::cache;
  };
  return one.document == other.document && is_made(one) && is_made(other);
}

/// Where it stands; of two readings of one place, what makes them differ.
std::string place_of(const Proposal& proposal, const Proposal& other) {
  std::string place = line_of(proposal);
  if (line_of(other) != place) return place;
  const Variable* supplied = nullptr;
  for (const Variable& variable : proposal.use->value.variables)
    if (variable.place.source) supplied = &variable;
  if (supplied) place += ", " + quoted(supplied->name) + " of " + line_at(supplied->place);
  return place;
}

/// Whether a strategy for paths gives both names of their own.
bool keeps_apart(const Mapping& mapping, PathStrategy paths, const Proposal& one, const Proposal& other) {
  MappingOptions options = mapping.options();
  options.paths = paths;
  options.path_template.clear();
  const auto made = Mapping::make(std::move(options));
  const auto* changed = std::get_if<Mapping>(&made);
  if (!changed) return false;
  const MappedName first = changed->map({.name = one.move.pair.source});
  const MappedName second = changed->map({.name = other.move.pair.source});
  constexpr auto moved = MappedName::Outcome::moved;
  return first.outcome == moved && second.outcome == moved && first.name != second.name;
}

/// What to do about two names that would become one.
std::string way_out(const Mapping& mapping, const Proposal& one, const Proposal& other) {
  std::string strategies;
  const auto offer = [&](PathStrategy paths, const char* option) {
    if (keeps_apart(mapping, paths, one, other))
      strategies += (strategies.empty() ? "use " : " or ") + std::string(option);
  };
  offer(PathStrategy::flat, "--paths flat");
  offer(PathStrategy::source, "--paths source");
  return strategies + (strategies.empty() ? "" : ", or ") + "give one " + mapping.map_to_give() +
         "; if they are the same image, --equivalent " + one.move.pair.source + "=" + other.move.pair.source;
}

}  // namespace

std::optional<RunError> find_collision(const std::vector<Proposal>& proposals, const Mapping& mapping,
                                       const Equivalents& equivalent) {
  std::map<std::string, const Proposal*, std::less<>> by_target;
  std::set<std::pair<std::string, std::string>> known;
  RunError error{RefusalKind::collision, {}};
  for (const Proposal& proposal : proposals) {
    if (!proposal.moves_name()) continue;
    const auto [place, fresh] = by_target.try_emplace(proposal.move.pair.target, &proposal);
    if (fresh) continue;
    const Proposal& other = *place->second;
    if (other.move.pair.source == proposal.move.pair.source || are_both_made(other, proposal) ||
        are_equivalent(other.move.pair.source, proposal.move.pair.source, equivalent) ||
        are_known_to_be_one(other, proposal, mapping) ||
        (is_named_whole(other, mapping) && is_named_whole(proposal, mapping)) ||
        !known.emplace(other.move.pair.source, proposal.move.pair.source).second)
      continue;
    if (error.error.message.empty())
      error.error.hint = way_out(mapping, other, proposal);
    else
      error.error.message += "; ";
    error.error.message += quoted(other.move.pair.source) + " (" + place_of(other, proposal) + ") and " +
                           quoted(proposal.move.pair.source) + " (" + place_of(proposal, other) +
                           ") would both become " + quoted(proposal.move.pair.target);
  }
  if (error.error.message.empty()) return std::nullopt;
  return error;
}

}  // namespace imglint
