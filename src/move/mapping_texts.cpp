// What a mapping says of itself: who says where names go, and what helps one that cannot go there.
#include "move/mapping.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

/// `.imglint.yaml:3`.
std::string line_text(const OptionPlace& place) { return place.path + ":" + std::to_string(place.line); }

std::string pattern_text(std::string_view word, const NamePattern& pattern,
                         const std::vector<OptionPlace>& places, std::size_t index) {
  const bool is_configured = index < places.size() && places[index].is_configured();
  return (is_configured ? line_text(places[index]) + " " : "--") + std::string(word) + " " +
         pattern.to_string();
}

}  // namespace

std::string Mapping::target_text() const {
  const OptionPlace& place = options_.to_place;
  return place.is_configured() ? "'to: " + to_.name + "' (" + line_text(place) + ")" : "--to " + to_.name;
}

std::string Mapping::map_to_give() const {
  std::string_view file = options_.to_place.path;
  for (const MapEntry& written : options_.maps)
    if (written.configured) file = written.origin;
  return file.empty() ? "a --map of its own" : "an entry of its own in 'map' of " + std::string(file);
}

std::string Mapping::depth_cure(const NameToMap& name, const MappedName& moved) const {
  const std::string shorter = "--paths flat or --paths last";
  if (name.known < name.name.size()) {
    const std::string value = "give the variable in it a default, or a value with --env or --build-arg, and ";
    return value + (moved.entry < 0 ? "use " + shorter : "the image " + map_to_give());
  }
  if (moved.entry < 0) return "use " + shorter;
  const std::string example = example_of_map(name, moved);
  return "give it " + map_to_give() + (example.empty() ? "" : ", as " + example);
}

/// A map of its own for a name that came to lie too deep; empty where none comes to mind. Two images of one
/// TO would be meant to be one, so this is the TO of no other, whatever else is followed of what was
/// proposed.
std::string Mapping::example_of_map(const NameToMap& name, const MappedName& moved) const {
  const std::size_t owner_end = moved.name.find('/', moved.name.find('/') + 1);
  if (owner_end == std::string::npos) return {};
  const std::string target = moved.name.substr(0, owner_end + 1) + one_level_of(name.name);
  const bool is_name = std::holds_alternative<Reference>(parse_reference(target));
  return is_name && !targets_.contains(target) ? name.name + "=" + target : std::string();
}

/// What helps a name with a part that no file says, where --to does not keep that part as it is.
std::string Mapping::unknown_cure(const NameToMap& name) const {
  std::string ways;
  for (const PathStrategy paths : {PathStrategy::keep, PathStrategy::source}) {
    const std::string path = path_by(paths, name.name);
    const bool is_too_deep = options_.target_depth && depth_of(path) > *options_.target_depth;
    const bool fits =
        !options_.registry_rules || !registry_shape_refusal(to_.name + "/" + path, depth_of(path), true);
    if (keeps_unknown(name, paths) && !is_too_deep && fits)
      ways += (ways.empty() ? ", or use --paths " : " or ") +
              std::string(paths == PathStrategy::keep ? "keep" : "source");
  }
  return std::string("give it a default, ") + (ways.empty() ? "or " : "") +
         "a value with --env or --build-arg" + ways;
}

std::string Mapping::from_text(std::size_t index) const {
  return pattern_text("from", from_[index], options_.from_places, index);
}

std::string Mapping::except_text(std::size_t index) const {
  return pattern_text("except", except_[index], options_.except_places, index);
}

std::string Mapping::rule_text(const MappedName& mapped) const {
  if (mapped.entry < 0) {
    if (to_.name.empty()) return {};
    return options_.to_place.is_configured() ? line_text(options_.to_place) : target_text();
  }
  const Entry& entry = entries_[static_cast<std::size_t>(mapped.entry)];
  const MapEntry& written = options_.maps[entry.written];
  if (written.line == 0) return written.origin + " " + written.from + "=" + written.to;
  return written.origin + ":" + std::to_string(written.line);
}

}  // namespace imglint
