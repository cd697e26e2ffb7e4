// Two images that would get one name.
#include <algorithm>
#include <map>

#include "base/quote.hpp"
#include "move/use_name.hpp"
#include "retarget/proposal.hpp"

namespace imglint {

namespace {

using Equivalents = std::vector<std::pair<std::string, std::string>>;

/// What images are called before and after, each variable spelt one way: `a/$V` is `a/${V}`.
class ComparedNames {
 public:
  explicit ComparedNames(const std::vector<Proposal>& proposals) {
    for (const Proposal& proposal : proposals) {
      if (proposal.move.pair.name_known || !proposal.moves_name()) continue;
      const auto read = read_use_name(*proposal.use);
      const auto* name = read ? std::get_if<UseName>(&*read) : nullptr;
      if (name)
        with_variables_.emplace(&proposal, SourceAndTarget{name->alike(full_name(name->meaning)),
                                                           name->alike(proposal.move.mapped.name)});
    }
  }

  [[nodiscard]] const std::string& source(const Proposal& proposal) const {
    const auto found = with_variables_.find(&proposal);
    return found == with_variables_.end() ? proposal.move.pair.source : found->second.source;
  }
  [[nodiscard]] const std::string& target(const Proposal& proposal) const {
    const auto found = with_variables_.find(&proposal);
    return found == with_variables_.end() ? proposal.move.pair.target : found->second.target;
  }

 private:
  struct SourceAndTarget {
    std::string source;
    std::string target;
  };
  std::map<const Proposal*, SourceAndTarget> with_variables_;
};

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
/// other. What two builds make is not the same.
bool are_both_made(const Proposal& one, const Proposal& other) {
  const auto is_made = [](const Proposal& proposal) {
    const Function function = proposal.use->role->function;
    return function == Function::output || function == Function::cache;
  };
  const auto build_of = [](const Proposal& proposal) {
    const bool is_output = proposal.use->role->function == Function::output;
    return is_output ? proposal.document->build_of(*proposal.use) : nullptr;
  };
  if (one.document != other.document || !is_made(one) || !is_made(other)) return false;
  const Build* first = build_of(one);
  const Build* second = build_of(other);
  return !first || !second || first == second;
}

/// What a proposal maps, with stand-ins for what no file says.
NameToMap name_of_move(const Proposal& proposal) {
  const auto read = read_use_name(*proposal.use);
  const auto* name = read ? std::get_if<UseName>(&*read) : nullptr;
  return name ? name->to_map() : NameToMap{.name = proposal.move.pair.source};
}

/// The whole components of a name that stand before its first variable; the name itself without one.
std::string_view plain_part(const Proposal& proposal, std::string_view name) {
  const std::size_t known = name_of_move(proposal).known;
  return known >= name.size() ? name : name.substr(0, name.substr(0, known).rfind('/'));
}

/// Whether a strategy for paths gives both names of their own.
bool keeps_apart(const Mapping& mapping, PathStrategy paths, const Proposal& one, const Proposal& other) {
  MappingOptions options = mapping.options();
  options.paths = paths;
  options.path_template.clear();
  const auto made = Mapping::make(std::move(options));
  const auto* changed = std::get_if<Mapping>(&made);
  if (!changed) return false;
  const MappedName first = changed->map(name_of_move(one));
  const MappedName second = changed->map(name_of_move(other));
  constexpr auto moved = MappedName::Outcome::moved;
  return first.outcome == moved && second.outcome == moved && first.name != second.name;
}

/// What to do about two names that would become one.
std::string way_out(const Mapping& mapping, const ComparedNames& names, const Proposal& one,
                    const Proposal& other) {
  std::string strategies;
  const auto offer = [&](PathStrategy paths, const char* option) {
    if (keeps_apart(mapping, paths, one, other))
      strategies += (strategies.empty() ? "use " : " or ") + std::string(option);
  };
  offer(PathStrategy::flat, "--paths flat");
  offer(PathStrategy::source, "--paths source");
  if (!strategies.empty()) strategies += ", or ";
  const std::string_view whole_left = names.source(one), whole_right = names.source(other);
  const std::string left(plain_part(one, whole_left)), right(plain_part(other, whole_right));
  const bool is_plain = left == whole_left && right == whole_right;
  // No map and no declaration has a variable in it: what stands before that, if it is more than a registry.
  if (!is_plain && (path_of(left).empty() || path_of(right).empty() ||
                    whole_left.substr(left.size()) != whole_right.substr(right.size())))
    return strategies + "give the variable in one a default, or a value with --env or --build-arg";
  return strategies +
         (is_plain ? "give one " + mapping.map_to_give()
                   : "give what is below " + quoted(right) + " a target of its own") +
         "; if they are the same " + (is_plain ? "image" : "images") + ", --equivalent " + left + "=" + right;
}

/// One of the images that would get one name.
struct CollidingImage {
  const Proposal* first = nullptr;
  std::vector<std::string> places = {};
};

/// A name of the target and the images that would get it.
struct NameClash {
  std::string target;
  std::vector<CollidingImage> images;

  [[nodiscard]] CollidingImage* image_of(const Proposal& proposal, const ComparedNames& names) {
    const auto found = std::ranges::find_if(images, [&](const CollidingImage& image) {
      return names.source(*image.first) == names.source(proposal);
    });
    return found == images.end() ? nullptr : &*found;
  }
};

bool may_share_a_name(const Proposal& one, const Proposal& other, const ComparedNames& names,
                      const Mapping& mapping, const Equivalents& equivalent) {
  return names.source(one) == names.source(other) || are_both_made(one, other) ||
         are_equivalent(names.source(one), names.source(other), equivalent) ||
         are_known_to_be_one(one, other, mapping) ||
         (is_named_whole(one, mapping) && is_named_whole(other, mapping));
}

using Clashes = std::vector<NameClash>;

/// The first that would get a name, and the first that does so beside it for another reason than that both
/// are made: what may share the name with both is one image with all the others, or made like them.
struct FirstOfName {
  const Proposal* first = nullptr;
  const Proposal* other = nullptr;
};

std::map<std::string_view, FirstOfName> first_by_target(const std::vector<Proposal>& proposals,
                                                        const ComparedNames& names) {
  std::map<std::string_view, FirstOfName> by_target;
  for (const Proposal& proposal : proposals) {
    if (!proposal.moves_name()) continue;
    auto& [first, other] = by_target[names.target(proposal)];
    if (!first)
      first = other = &proposal;
    else if (first == other && !are_both_made(*first, proposal))
      other = &proposal;
  }
  return by_target;
}

Clashes clashes_of(const std::vector<Proposal>& proposals, const ComparedNames& names, const Mapping& mapping,
                   const Equivalents& equivalent) {
  Clashes clashes;
  const std::map<std::string_view, FirstOfName> by_target = first_by_target(proposals, names);
  std::map<std::string_view, std::size_t> numbers;
  for (const Proposal& proposal : proposals) {
    if (!proposal.moves_name()) continue;
    const std::string& target = names.target(proposal);
    const auto& [first, other] = by_target.at(target);
    if (&proposal == first) continue;  // it is what the others are held against
    const Proposal* against = nullptr;
    for (const Proposal* one : {first, other})
      if (!against && !may_share_a_name(*one, proposal, names, mapping, equivalent)) against = one;
    if (!against) continue;
    const auto [number, is_new] = numbers.try_emplace(target, clashes.size());
    if (is_new) clashes.push_back({target, {{against}}});
    NameClash& clash = clashes[number->second];
    if (!clash.image_of(proposal, names)) clash.images.push_back({&proposal});
  }
  for (const Proposal& proposal : proposals) {
    const auto number = numbers.find(names.target(proposal));
    if (number == numbers.end() || !proposal.moves_name()) continue;
    NameClash& clash = clashes[number->second];
    CollidingImage* image = clash.image_of(proposal, names);
    if (!image) continue;
    const CollidingImage& other = clash.images[image == clash.images.data() ? 1 : 0];
    std::string place = line_apart(proposal, *other.first);
    if (std::ranges::find(image->places, place) == image->places.end())
      image->places.push_back(std::move(place));
  }
  return clashes;
}

std::string listed_places(const CollidingImage& image) {
  constexpr std::size_t most = 5;
  std::string text = image.first->move.pair.source + ": ";
  for (std::size_t i = 0; i < std::min(most, image.places.size()); ++i)
    text += (i == 0 ? "" : ", ") + image.places[i];
  if (image.places.size() > most) text += " and " + std::to_string(image.places.size() - most) + " more";
  return text;
}

RunCause cause_of(const NameClash& clash) {
  RunCause cause{std::to_string(clash.images.size()) + " images would get the name " + quoted(clash.target),
                 {}};
  for (const CollidingImage& image : clash.images) cause.places.push_back(listed_places(image));
  return cause;
}

/// The same as one text.
std::string message_of(const NameClash& clash) {
  const Proposal& first = *clash.images.front().first;
  std::string message;
  for (std::size_t i = 1; i < clash.images.size(); ++i) {
    const Proposal& other = *clash.images[i].first;
    message += (i == 1 ? "" : "; ") + quoted(first.move.pair.source) + " (" + line_apart(first, other) +
               ") and " + quoted(other.move.pair.source) + " (" + line_apart(other, first) +
               ") would both become " + quoted(clash.target);
  }
  return message;
}

}  // namespace

std::optional<RunError> find_collision(const std::vector<Proposal>& proposals, const Mapping& mapping,
                                       const Equivalents& equivalent) {
  const ComparedNames names(proposals);
  const Clashes clashes = clashes_of(proposals, names, mapping, equivalent);
  if (clashes.empty()) return std::nullopt;
  const std::vector<CollidingImage>& images = clashes.front().images;
  RunError error{RefusalKind::collision,
                 {.hint = way_out(mapping, names, *images[0].first, *images[1].first)}};
  for (const NameClash& clash : clashes) {
    error.error.message += (error.error.message.empty() ? "" : "; ") + message_of(clash);
    error.causes.push_back(cause_of(clash));
  }
  return error;
}

}  // namespace imglint
