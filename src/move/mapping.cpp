#include "move/mapping.hpp"

#include <algorithm>
#include <array>

#include "base/counted.hpp"
#include "policy/pattern.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

using Outcome = MappedName::Outcome;
using Reason = MappedName::Reason;

MappedName unchanged(Reason reason, std::int32_t entry = -1) {
  MappedName result;
  result.reason = reason;
  result.entry = entry;
  return result;
}

/// Whether a host lies below a wildcard's domain.
bool matches_wildcard(std::string_view host, std::string_view domain) {
  return host.size() > domain.size() && host.ends_with(domain);
}

/// The tag a reference is looked up by: no tag counts as latest, unless a digest says which image it is.
std::string_view tag_of(const NameToMap& name) {
  if (!name.tag.empty() || !name.digest.empty()) return name.tag;
  return "latest";
}

bool matches_suffix(const NamePattern& pattern, const NameToMap& name) {
  return pattern.digest.empty() ? pattern.tag == tag_of(name) : pattern.digest == name.digest;
}

/// Whether tag or digest depend on a variable without a value.
bool is_suffix_open(const NameToMap& name) { return !name.suffix_known || name.suffix_may_grow; }

/// Whether an exact pattern of this name may match what an open suffix turns out to be.
bool may_match_suffix(const NamePattern& pattern, const NameToMap& name) {
  if (!name.suffix_known) return true;
  return pattern.digest.empty() ? pattern.tag.starts_with(name.tag) : name.digest.empty();
}

bool matches(const NamePattern& pattern, const NameToMap& name) {
  switch (pattern.kind) {
    case NamePattern::Kind::prefix:
      return is_under(name.name, pattern.name);
    case NamePattern::Kind::exact:
      return name.name == pattern.name && matches_suffix(pattern, name);
    case NamePattern::Kind::wildcard:
      return matches_wildcard(host_of(name.name), pattern.name);
  }
  return false;
}

std::int32_t first_match(const std::vector<NamePattern>& patterns, const NameToMap& name) {
  for (std::size_t i = 0; i < patterns.size(); ++i)
    if (matches(patterns[i], name)) return static_cast<std::int32_t>(i);
  return -1;
}

std::string suffix_of(const NameToMap& name) {
  std::string result;
  if (!name.tag.empty()) result += ":" + name.tag;
  if (!name.digest.empty()) result += "@" + name.digest;
  return result;
}

/// Docker Hub puts `library/` before a lone name. The registry rules refuse such targets; without them they
/// mean what they mean.
std::string written_in_full(std::string name) {
  if (host_of(name) == "docker.io" && depth_of(path_of(name)) == 1) name.insert(name.find('/'), "/library");
  return name;
}

/// Whether a name lies under a target. What a FROM below the target selects does not, though it stands there:
/// it is to be moved up.
bool is_there_already(std::string_view name, std::string_view target, const NamePattern* from) {
  const bool is_above = from && from->kind != NamePattern::Kind::wildcard && is_under(from->name, target);
  return is_under(name, target) && !is_above;
}

Refusal undecided_by(std::string_view pattern) {
  return {RefusalKind::unknown_variable, "whether '" + std::string(pattern) +
                                             "' applies depends on a variable without a value; give it a "
                                             "default, or a value with --env or --build-arg"};
}

}  // namespace

NameToMap name_to_map(const CanonicalReference& reference) {
  return {.name = full_name(reference),
          .tag = reference.tag.value_or(""),
          .digest = reference.digest.value_or("")};
}

std::optional<Spelling> spelling_named(std::string_view name) {
  if (name == "keep") return Spelling::keep;
  if (name == "short") return Spelling::shortened;
  if (name == "full") return Spelling::full;
  return std::nullopt;
}

MappedName Mapping::map(const NameToMap& name) const {
  MappedName result = decide(name);
  if (result.outcome != Outcome::moved) return result;
  auto refusal = target_refusal(name, result);
  if (!refusal) refusal = second_move(name, result);
  if (refusal) {
    result.outcome = Outcome::refused;
    result.refusal = std::move(*refusal);
  }
  return result;
}

MappedName Mapping::decide(const NameToMap& name) const {
  if (auto refusal = undecided(name)) {
    MappedName result;
    result.outcome = Outcome::refused;
    result.refusal = std::move(*refusal);
    return result;
  }
  if (const std::int32_t index = first_match(except_, name); index >= 0) {
    MappedName result = unchanged(Reason::excepted);
    result.except = index;
    return result;
  }
  const std::int32_t from = first_match(from_, name);
  if (from < 0 && !from_.empty()) return unchanged(Reason::not_selected);
  std::int32_t entry = entry_for(name);
  if (entry >= 0 && !holds(entry, name)) entry = -1;
  if (auto refusal = undecided_suffix(name, entry)) {
    MappedName result;
    result.outcome = Outcome::refused;
    result.refusal = std::move(*refusal);
    result.entry = entry;
    result.from = from;
    return result;
  }
  MappedName result = entry >= 0 ? by_entry(name, entry) : by_target(name, from);
  result.from = from;
  return result;
}

std::int32_t Mapping::entry_for(const NameToMap& name) const {
  if (const auto found = exact_.find(name.name); found != exact_.end()) {
    std::int32_t by_tag = -1;
    for (const std::int32_t index : found->second) {
      const NamePattern& from = entries_[static_cast<std::size_t>(index)].from;
      if (!matches_suffix(from, name)) continue;
      if (!from.digest.empty()) return index;
      by_tag = index;
    }
    if (by_tag >= 0) return by_tag;
  }
  for (std::string_view prefix = name.name;; prefix = prefix.substr(0, prefix.rfind('/'))) {
    if (const auto found = prefixes_.find(std::string(prefix));
        found != prefixes_.end() &&
        (prefix == name.name || !entries_[static_cast<std::size_t>(found->second)].is_whole()))
      return found->second;
    if (prefix.find('/') == std::string_view::npos) break;
  }
  const std::string_view host = host_of(name.name);
  for (auto dot = host.find('.', 1); dot != std::string_view::npos; dot = host.find('.', dot + 1))
    if (const auto found = wildcards_.find(std::string(host.substr(dot))); found != wildcards_.end())
      return found->second;
  return -1;
}

/// Whether what a map was made of concerns a name, too.
bool Mapping::holds(std::int32_t index, const NameToMap& name) const {
  const MoveFact* fact = options_.maps[entries_[static_cast<std::size_t>(index)].written].fact;
  if (!fact) return true;
  const ImageName image{std::string(host_of(name.name)), std::string(path_of(name.name)), name.tag,
                        name.digest};
  const auto matches_pattern = [&](std::string_view text) {
    const Result<Pattern> pattern = Pattern::parse(text);
    return pattern && pattern->matches_registry(image.registry) && pattern->matches(image);
  };
  if (!matches_pattern(fact->images)) return false;
  if (!fact->except.empty() && matches_pattern(fact->except)) return false;
  return !fact->tagged_only || !name.suffix_known || (!name.tag.empty() && name.tag != "latest");
}

MappedName Mapping::by_entry(const NameToMap& name, std::int32_t index) const {
  const Entry& entry = entries_[static_cast<std::size_t>(index)];
  MappedName result;
  result.entry = index;
  if (entry.blocked) {
    result.outcome = Outcome::refused;
    result.refusal = {RefusalKind::blocked,
                      "'" + name.name + "' is on a blocked registry: '" + entry.from.to_string() + "'"};
    return result;
  }
  if (entry.to.name.empty()) return unchanged(Reason::left_alone, index);
  std::string moved;
  switch (entry.from.kind) {
    case NamePattern::Kind::exact:
      moved = entry.to.name;
      if (!entry.to.suffix.empty() && entry.to.suffix != suffix_of(name)) result.suffix = entry.to.suffix;
      break;
    case NamePattern::Kind::prefix: {
      if (is_there_already(name.name, entry.to.name, &entry.from))
        return unchanged(Reason::already_there, index);
      if (!entry.to.suffix.empty() && entry.to.suffix != suffix_of(name)) result.suffix = entry.to.suffix;
      const bool drop = options_.library == LibraryRule::drop && entry.from.name == "docker.io";
      moved = entry.to.name;
      if (drop)
        moved += "/" + std::string(without_library(name.name));
      else
        moved += name.name.substr(entry.from.name.size());
      break;
    }
    case NamePattern::Kind::wildcard:
      if (is_under(name.name, entry.to.name)) return unchanged(Reason::already_there, index);
      moved = entry.to.name + name.name.substr(host_of(name.name).size());
      break;
  }
  if (path_of(moved).empty()) {
    result.outcome = Outcome::refused;
    result.refusal = {RefusalKind::invalid_target,
                      "the new name '" + moved + "' is a registry without an image; give the target a path"};
    return result;
  }
  result.name = options_.registry_rules ? moved : written_in_full(std::move(moved));
  if (result.name == name.name && !result.suffix) return unchanged(Reason::already_there, index);
  result.outcome = Outcome::moved;
  return result;
}

MappedName Mapping::by_target(const NameToMap& name, std::int32_t from) const {
  if (to_.name.empty()) return unchanged(Reason::no_rule);
  const NamePattern* selected = from >= 0 ? &from_[static_cast<std::size_t>(from)] : nullptr;
  if (is_there_already(name.name, to_.name, selected)) return unchanged(Reason::already_there);
  if (!selected && host_of(name.name) == host_of(to_.name)) return unchanged(Reason::same_registry);
  if (below_any_target(name.name)) return unchanged(Reason::already_there);
  MappedName result;
  const bool by_template = !options_.path_template.empty();
  if (name.known < name.name.size() && (by_template || !keeps_unknown(name, options_.paths))) {
    result.outcome = Outcome::refused;
    result.refusal = {RefusalKind::unknown_variable,
                      "the new name needs the value of a variable that has none; " + unknown_cure(name)};
    return result;
  }
  result.outcome = Outcome::moved;
  result.name = to_.name + "/" + path_below_target(name.name, options_);
  if (!options_.registry_rules) result.name = written_in_full(std::move(result.name));
  if (result.name == name.name) return unchanged(Reason::already_there);
  return result;
}

/// Whether the new name keeps the part that no file says as it is, whatever that turns out to be.
bool Mapping::keeps_unknown(const NameToMap& name, PathStrategy paths) const {
  const bool whole_path =
      paths == PathStrategy::keep || paths == PathStrategy::source || paths == PathStrategy::source_short;
  // `library/${NAME}` may or may not be an official image.
  const bool may_be_official = without_library(name.name) != path_of(name.name) &&
                               path_by(paths, name.name).find("library/") == std::string::npos;
  const std::string_view known = std::string_view(name.name).substr(0, name.known);
  return whole_path && !may_be_official && !std::string_view(to_.name).starts_with(known);
}

/// The path below --to by another strategy than the one asked for.
std::string Mapping::path_by(PathStrategy paths, std::string_view name) const {
  return path_below_target(name,
                           {.paths = paths, .separator = options_.separator, .library = options_.library});
}

bool Mapping::below_any_target(std::string_view name) const {
  for (std::string_view prefix = name;; prefix = prefix.substr(0, prefix.rfind('/'))) {
    if (targets_.contains(std::string(prefix))) return true;
    if (prefix.find('/') == std::string_view::npos) return false;
  }
}

/// A map of one tag or digest, or to one, meets a suffix that no file says. index: the map that applies.
std::optional<Refusal> Mapping::undecided_suffix(const NameToMap& name, std::int32_t index) const {
  if (!is_suffix_open(name)) return std::nullopt;
  if (const auto found = exact_.find(name.name); found != exact_.end())
    for (const std::int32_t exact : found->second) {
      const NamePattern& from = entries_[static_cast<std::size_t>(exact)].from;
      if (may_match_suffix(from, name)) return undecided_by(from.to_string());
    }
  if (index < 0 || !entries_[static_cast<std::size_t>(index)].is_whole()) return std::nullopt;
  return Refusal{
      RefusalKind::unknown_variable,
      "it gets '" + entries_[static_cast<std::size_t>(index)].to.suffix +
          "' for a tag or digest that depends on a variable without a value; give it a default, or "
          "a value with --env or --build-arg"};
}

/// A rule reaches into the part of the name that no file says, or --except or --from into such a suffix.
std::optional<Refusal> Mapping::undecided(const NameToMap& name) const {
  if (is_suffix_open(name))
    for (const auto* patterns : {&except_, &from_})
      for (const NamePattern& pattern : *patterns)
        if (pattern.kind == NamePattern::Kind::exact && pattern.name == name.name &&
            may_match_suffix(pattern, name))
          return undecided_by(pattern.to_string());
  if (name.known >= name.name.size()) return std::nullopt;
  const std::string_view known = std::string_view(name.name).substr(0, name.known);
  for (const auto* patterns : {&except_, &from_})
    for (const NamePattern& pattern : *patterns)
      if (pattern.name.starts_with(known)) return undecided_by(pattern.to_string());
  const auto less = [this](std::int32_t index, std::string_view text) {
    return entries_[static_cast<std::size_t>(index)].from.name < text;
  };
  const auto next = std::lower_bound(by_name_.begin(), by_name_.end(), known, less);
  if (next == by_name_.end()) return std::nullopt;
  const NamePattern& from = entries_[static_cast<std::size_t>(*next)].from;
  if (from.name.starts_with(known)) return undecided_by(from.to_string());
  return std::nullopt;
}

std::optional<Refusal> Mapping::target_refusal(const NameToMap& name, const MappedName& moved) const {
  const std::string suffix = !name.suffix_known ? "" : moved.suffix.value_or(suffix_of(name));
  const std::string whole = moved.name + suffix;
  const ReferenceParse parsed = parse_reference(whole);
  if (const auto* error = std::get_if<ReferenceError>(&parsed)) {
    if (error->kind == ReferenceErrorKind::too_long)
      return Refusal{RefusalKind::invalid_target,
                     "the new name's path would have " + std::to_string(path_of(moved.name).size()) +
                         " characters, 255 are allowed; use a shorter target or " + map_to_give()};
    return Refusal{RefusalKind::invalid_target,
                   "the new name '" + whole + "' is no image name: " + message(*error, whole)};
  }
  const std::string_view base =
      moved.entry < 0 ? to_.name : entries_[static_cast<std::size_t>(moved.entry)].to.name;
  const std::size_t below = depth_of(path_of(moved.name)) - depth_of(path_of(base));
  if (options_.target_depth && below > *options_.target_depth)
    return Refusal{
        RefusalKind::target_depth,
        "'" + moved.name + "' lies " + counted(below, "level") + " below '" + std::string(base) +
            "', --target-depth allows " + std::to_string(*options_.target_depth) + "; " +
            (*options_.target_depth == 0 ? "no image fits in less than 1" : depth_cure(name, moved))};
  if (!options_.registry_rules) return std::nullopt;
  auto refusal = registry_shape_refusal(moved.name, below, moved.entry < 0);
  if (refusal && refusal->kind == RefusalKind::target_depth)
    refusal->message += "; " + depth_cure(name, moved);
  return refusal;
}

/// Where TO lies above FROM, a name may come to lie under FROM again.
std::optional<Refusal> Mapping::second_move(const NameToMap& name, const MappedName& moved) const {
  if (name.known < name.name.size()) return std::nullopt;
  NameToMap next = name;
  next.name = moved.name;
  if (moved.suffix) return std::nullopt;  // an exact map, of which make() has proved it
  const MappedName again = decide(next);
  const bool is_taken = again.outcome == MappedName::Outcome::moved ||
                        (again.outcome == MappedName::Outcome::refused && again.entry >= 0);
  if (!is_taken) return std::nullopt;
  return Refusal{RefusalKind::moves_again, "a second run would take '" + moved.name +
                                               "', the new name, for one to be moved; give it " +
                                               map_to_give()};
}

}  // namespace imglint
