// Reads the options of a mapping and proves that a second run changes nothing.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/ascii.hpp"
#include "move/mapping.hpp"

namespace imglint {
namespace {

constexpr std::string_view probe_name = "imglint-probe_name";

RunError run_error(RefusalKind kind, Error error, std::string_view option = {}) {
  if (!option.empty()) error.message = std::string(option) + ": " + error.message;
  return {kind, std::move(error)};
}

/// The same at its place, if the configuration says it.
RunError run_error(RefusalKind kind, Error error, std::string_view option, const OptionPlace& place) {
  if (!place.is_configured()) return run_error(kind, std::move(error), option);
  error.path = place.path;
  error.line = place.line;
  error.column = place.column;
  return {kind, std::move(error)};
}

RunError entry_error(RefusalKind kind, Error error, const MapEntry& entry) {
  if (entry.line == 0) return run_error(kind, std::move(error), entry.origin);
  error.path = entry.origin;
  error.line = entry.line;
  error.column = entry.column;
  return {kind, std::move(error)};
}

std::string pair_text(const MapEntry& entry) { return "'" + entry.from + "=" + entry.to + "'"; }

/// Whether all that a FROM matches is one image: there are no names below it.
bool is_one_image(const NamePattern& from, bool registry_rules) {
  if (from.kind == NamePattern::Kind::exact) return true;
  // Docker Hub has a namespace and a name.
  return registry_rules && from.kind == NamePattern::Kind::prefix && host_of(from.name) == "docker.io" &&
         depth_of(path_of(from.name)) == 2;
}

bool is_lone_word(std::string_view to) {
  const std::string_view word = to.substr(0, to.find(':'));
  return word != "localhost" && word.find_first_of("./[") == std::string_view::npos;
}

/// For the new name of one image that is the name of a registry, or a word. `acme:2` has the form of a host
/// with a port, but seldom is one. What an earlier map has given to another image is not offered again: two
/// maps with one TO mean that the images are one.
std::string hint_for_image(const NamePattern& from, std::string_view to,
                           const std::vector<Mapping::Entry>& earlier) {
  const auto below = [&](const std::string& folder, std::string_view name) {
    const std::string whole = folder + "/" + std::string(name);
    const bool is_taken = std::ranges::any_of(earlier, [&](const Mapping::Entry& entry) {
      return entry.to.name == whole && entry.from.name != from.name;
    });
    return is_taken ? folder + "/" + one_level_of(from.name) : whole;
  };
  const std::string_view name = without_library(from.name);
  if (!is_lone_word(to)) return "give it a path: " + below(std::string(to), name);
  const std::string word(to.substr(0, to.find(':')));
  return "for the account '" + word + "' on Docker Hub write " +
         below("docker.io/" + word, name.substr(name.rfind('/') + 1)) + ", which keeps tags";
}

bool is_separator(std::string_view text) { return text == "-" || text == "_" || text == "__" || text == "."; }

/// The tag and digest of a suffix that is known to be well formed.
void set_suffix(NameToMap& name, std::string_view suffix) {
  const auto at = suffix.find('@');
  const std::string_view tag = suffix.substr(0, at);
  name.tag = tag.empty() ? std::string() : std::string(tag.substr(1));
  name.digest = at == std::string_view::npos ? std::string() : std::string(suffix.substr(at + 1));
}

NameToMap after(const NameToMap& before, const MappedName& moved) {
  NameToMap result = before;
  result.name = moved.name;
  if (moved.suffix) set_suffix(result, *moved.suffix);
  return result;
}

}  // namespace

std::variant<Mapping, RunError> Mapping::make(MappingOptions options) {
  Mapping mapping;
  mapping.options_ = std::move(options);
  if (auto error = mapping.read_target()) return std::move(*error);
  if (auto error = mapping.read_patterns()) return std::move(*error);
  if (auto error = mapping.read_entries()) return std::move(*error);
  mapping.index_entries();
  if (auto error = mapping.check_idempotent()) return std::move(*error);
  return mapping;
}

std::optional<RunError> Mapping::read_target() {
  if (!is_separator(options_.separator))
    return run_error(RefusalKind::usage,
                     {.message = "'" + options_.separator + "' cannot join names", .hint = "one of - _ __ ."},
                     "--separator");
  if (!options_.path_template.empty())
    if (auto wrong = template_error(options_.path_template))
      return run_error(RefusalKind::usage, {.message = "'" + options_.path_template + "': " + *wrong},
                       "--path-template");
  if (options_.to.empty()) return std::nullopt;
  Result<MapTarget> to = parse_map_target(options_.to);
  if (!to) return run_error(RefusalKind::bad_target, to.error(), "--to", options_.to_place);
  if (!to->suffix.empty())
    return run_error(
        RefusalKind::bad_target,
        {.message = "'" + options_.to + "' has a tag or digest", .hint = "tags are kept as written"}, "--to",
        options_.to_place);
  to_ = *std::move(to);
  return std::nullopt;
}

std::optional<RunError> Mapping::read_patterns() {
  const auto read = [](const std::vector<std::string>& texts, const std::vector<OptionPlace>& places,
                       std::vector<NamePattern>& into, std::string_view option) -> std::optional<RunError> {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      Result<NamePattern> pattern = parse_name_pattern(texts[i]);
      if (!pattern)
        return run_error(RefusalKind::usage, pattern.error(), option,
                         i < places.size() ? places[i] : OptionPlace{});
      into.push_back(*std::move(pattern));
    }
    return std::nullopt;
  };
  if (auto error = read(options_.from, options_.from_places, from_, "--from")) return error;
  return read(options_.except, options_.except_places, except_, "--except");
}

std::optional<RunError> Mapping::read_entries() {
  std::map<NamePattern, std::size_t> known;
  for (std::size_t i = 0; i < options_.maps.size(); ++i) {
    const MapEntry& written = options_.maps[i];
    Result<NamePattern> from =
        written.exact ? parse_exact_name(written.from) : parse_name_pattern(written.from);
    if (!from) return entry_error(RefusalKind::bad_map, from.error(), written);
    Result<MapTarget> to = parse_map_target(written.to);
    const bool is_image = is_one_image(*from, options_.registry_rules);
    if (!to) {
      Error error = to.error();
      if (is_image && is_lone_word(trimmed(written.to)))
        error.hint = hint_for_image(*from, trimmed(written.to), entries_);
      return entry_error(RefusalKind::bad_map, std::move(error), written);
    }
    const bool names_images = from->kind == NamePattern::Kind::wildcard || path_of(from->name).empty();
    if (!to->suffix.empty() && names_images && from->kind != NamePattern::Kind::exact)
      return entry_error(
          RefusalKind::bad_map,
          {.message = pair_text(written) + " gives one tag to all images of a registry",
           .hint = "leave '" + to->suffix + "' out to keep tags, or name the image that gets it"},
          written);
    // One with a place is told there; what an option says stays a refusal of the image, which may not be
    // here.
    if (is_image && !to->name.empty() && path_of(to->name).empty() &&
        (written.line > 0 || is_lone_word(to->name)))
      return entry_error(RefusalKind::bad_map,
                         {.message = pair_text(written) + " gives an image the name of a registry",
                          .hint = hint_for_image(*from, to->name, entries_)},
                         written);
    Entry entry{.from = *std::move(from),
                .to = *std::move(to),
                .written = static_cast<std::uint32_t>(i),
                .blocked = written.blocked};
    const auto [place, fresh] = known.try_emplace(entry.from, entries_.size());
    if (fresh) {
      entries_.push_back(std::move(entry));
      continue;
    }
    Entry& earlier = entries_[place->second];
    const MapEntry& before = options_.maps[earlier.written];
    const bool same = earlier.to == entry.to && earlier.blocked == entry.blocked;
    if (!same && before.layer == written.layer)
      return entry_error(RefusalKind::conflicting_map,
                         contradicting_maps(pair_text(before), pair_text(written)), written);
    if (!same) earlier = std::move(entry);
  }
  return std::nullopt;
}

void Mapping::index_entries() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const auto index = static_cast<std::int32_t>(i);
    if (!entry.to.name.empty()) targets_.try_emplace(entry.to.name, index);
    switch (entry.from.kind) {
      case NamePattern::Kind::prefix:
        prefixes_.emplace(entry.from.name, index);
        by_name_.push_back(index);
        break;
      case NamePattern::Kind::exact:
        exact_[entry.from.name].push_back(index);
        by_name_.push_back(index);
        break;
      case NamePattern::Kind::wildcard:
        wildcards_.emplace(entry.from.name, index);
        break;
    }
  }
  const auto name = [this](std::int32_t index) -> const std::string& {
    return entries_[static_cast<std::size_t>(index)].from.name;
  };
  std::sort(by_name_.begin(), by_name_.end(),
            [&name](std::int32_t a, std::int32_t b) { return std::tie(name(a), a) < std::tie(name(b), b); });
}

std::optional<std::int32_t> Mapping::moved_again(const NameToMap& name) const {
  const MappedName next = decide(name);
  if (next.outcome == MappedName::Outcome::moved) return next.entry;
  if (next.outcome == MappedName::Outcome::refused && next.entry >= 0) return next.entry;
  return std::nullopt;
}

/// Names at and below a prefix at which some rule begins.
std::vector<NameToMap> Mapping::points_under(std::string_view prefix) const {
  std::vector<NameToMap> points;
  const auto add = [&points](const NamePattern& pattern) {
    NameToMap point{.name = pattern.name, .tag = pattern.tag, .digest = pattern.digest};
    if (pattern.kind == NamePattern::Kind::prefix) {
      point.tag = probe_name;
      if (!path_of(point.name).empty()) points.push_back(point);
      point.name += "/" + std::string(probe_name);
    }
    points.push_back(std::move(point));
  };
  const auto less = [this](std::int32_t index, std::string_view text) {
    return entries_[static_cast<std::size_t>(index)].from.name < text;
  };
  for (auto next = std::lower_bound(by_name_.begin(), by_name_.end(), prefix, less); next != by_name_.end();
       ++next) {
    const NamePattern& from = entries_[static_cast<std::size_t>(*next)].from;
    if (!from.name.starts_with(prefix)) break;
    if (is_under(from.name, prefix)) add(from);
  }
  for (const NamePattern& from : from_)
    if (from.kind != NamePattern::Kind::wildcard && is_under(from.name, prefix)) add(from);
  NameToMap below{.name = std::string(prefix), .tag = std::string(probe_name)};
  if (!path_of(prefix).empty()) points.push_back(below);
  // One level and two, since one level on Docker Hub means library/.
  for (int level = 0; level < 2; ++level) {
    below.name += "/" + std::string(probe_name);
    points.push_back(below);
  }
  return points;
}

std::optional<RunError> Mapping::check_target_settles() const {
  for (const NameToMap& point : points_under(to_.name)) {
    const auto again = moved_again(point);
    if (!again || *again < 0) continue;
    const MapEntry& second = options_.maps[entries_[static_cast<std::size_t>(*again)].written];
    return entry_error(RefusalKind::not_idempotent,
                       {.message = pair_text(second) + " would move what " + target_text() +
                                   " has brought there, in a second run",
                        .hint = "make it a run of its own"},
                       second);
  }
  return std::nullopt;
}

/// Maps names that lead to each point where another rule begins, and looks whether they would move on.
std::optional<RunError> Mapping::check_entry_settles(std::int32_t index) const {
  const Entry& first = entries_[static_cast<std::size_t>(index)];
  if (first.to.name.empty()) return std::nullopt;
  std::vector<NameToMap> starts;
  if (first.from.kind == NamePattern::Kind::exact) {
    starts.push_back({.name = first.from.name, .tag = first.from.tag, .digest = first.from.digest});
  } else {
    const bool wild = first.from.kind == NamePattern::Kind::wildcard;
    const std::string base = wild ? std::string(probe_name) + first.from.name : first.from.name;
    for (NameToMap point : points_under(first.to.name)) {
      const std::string rest = point.name.substr(first.to.name.size());
      point.name = base + rest;
      if (path_of(point.name).empty()) continue;
      starts.push_back(point);
      if (base != "docker.io") continue;
      point.name = base + "/library" + rest;
      starts.push_back(std::move(point));
    }
  }
  for (const NameToMap& start : starts) {
    const MappedName moved = decide(start);
    if (moved.outcome != MappedName::Outcome::moved || moved.entry != index) continue;
    const auto again = moved_again(after(start, moved));
    if (!again) continue;
    // A name of its own FROM's parts is refused by itself when it is met.
    if (*again == index && is_under(first.from.name, first.to.name)) continue;
    const MapEntry& written = options_.maps[first.written];
    const std::string by = *again < 0
                               ? target_text()
                               : pair_text(options_.maps[entries_[static_cast<std::size_t>(*again)].written]);
    return entry_error(RefusalKind::not_idempotent,
                       {.message = pair_text(written) + " leads to names that " + by + " would move again",
                        .hint = "give the final target at once, so that a second run changes nothing"},
                       written);
  }
  return std::nullopt;
}

std::optional<RunError> Mapping::check_idempotent() const {
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (auto error = check_entry_settles(static_cast<std::int32_t>(i))) return error;
  if (!to_.name.empty()) return check_target_settles();
  return std::nullopt;
}

}  // namespace imglint
