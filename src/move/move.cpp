#include "move/move.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "kinds/manifest/dialects.hpp"
#include "move/placer.hpp"
#include "move/split.hpp"
#include "move/use_name.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

/// Length of the longest run of whole trailing components that two names share, slash before it not included.
std::size_t common_tail(std::string_view a, std::string_view b) {
  std::size_t shared = 0;
  for (std::size_t i = 0;; ++i) {
    const bool a_ends = i == a.size() || a[a.size() - 1 - i] == '/';
    const bool b_ends = i == b.size() || b[b.size() - 1 - i] == '/';
    if (a_ends && b_ends) shared = i;
    if (i == a.size() || i == b.size() || a[a.size() - 1 - i] != b[b.size() - 1 - i]) return shared;
  }
}

/// A name on Docker Hub without its host and `library/`; as it is where that would mean something else.
std::string shortened(const std::string& name) {
  std::string_view path = path_of(name);
  if (depth_of(path) == 2 && path.starts_with("library/")) path.remove_prefix(8);
  const ReferenceParse parsed = parse_reference(path);
  const auto* reference = std::get_if<Reference>(&parsed);
  return reference && full_name(canonical(*reference, path)) == name ? std::string(path) : name;
}

/// A new name as it is to be written.
std::string spelled(const UseName& name, const std::string& target, Spelling spelling) {
  if (host_of(target) != "docker.io" || spelling == Spelling::full) return target;
  const bool had_host =
      is_under(name.text, name.meaning.registry) || name.text.starts_with("index.docker.io/");
  return spelling == Spelling::keep && had_host ? target : shortened(target);
}

Spelling spelling_of(const MappedName& mapped, const Mapping& mapping) {
  return mapping.options().spelling.value_or(mapped.entry >= 0 ? Spelling::keep : Spelling::full);
}

/// Where names on Docker Hub are to be written in one way: how this one would be, if it is not.
std::optional<std::string> respelled(const UseName& name, const Mapping& mapping) {
  const Spelling spelling = mapping.options().spelling.value_or(Spelling::keep);
  if (spelling == Spelling::keep || mapping.to().name != "docker.io") return std::nullopt;
  const std::string whole = full_name(name.meaning);
  if (host_of(whole) != "docker.io") return std::nullopt;
  std::string text = spelled(name, whole, spelling);
  return text == name.text ? std::nullopt : std::optional(std::move(text));
}

/// How many bytes of a name, as it is written, a pattern is about: none of one that means a whole registry,
/// which is not written.
std::size_t reach_of(const UseName& name, const NamePattern& pattern) {
  if (pattern.kind == NamePattern::Kind::wildcard) return 0;
  const std::size_t whole = full_name(name.meaning).size();
  const std::size_t implied = whole - std::min(whole, name.text.size());
  return pattern.name.size() - std::min(pattern.name.size(), implied);
}

/// The same of what has chosen the name: the FROM of a map, and --from.
std::size_t reach_of(const UseName& name, const MappedName& mapped, const Mapping& mapping) {
  std::size_t reach = 0;
  if (mapped.entry >= 0)
    reach = reach_of(name, mapping.entries()[static_cast<std::size_t>(mapped.entry)].from);
  if (mapped.from >= 0)
    reach = std::max(reach, reach_of(name, mapping.from()[static_cast<std::size_t>(mapped.from)]));
  return reach;
}

PlacedOrRefusal change_name(const UseName& name, std::string_view new_name, std::size_t reach,
                            const Placer& placer) {
  const std::string_view old_name = name.text;
  const std::size_t tail = common_tail(old_name, new_name);
  std::string_view old_part = old_name.substr(0, old_name.size() - tail);
  std::string_view new_part = new_name.substr(0, new_name.size() - tail);
  if (UseName::has_unknown(old_part) || UseName::has_unknown(new_part))
    return Refusal{RefusalKind::unknown_variable,
                   "the new name needs the value of '" + name.unknown.front() + "', which no file says"};
  if (old_part.empty()) return placer.prepend(name.suffix_in_value.begin, new_part, reach);
  // The slash stays where it is, so that a default that is a host alone can be edited.
  if (old_part.ends_with('/') && new_part.ends_with('/')) {
    old_part.remove_suffix(1);
    new_part.remove_suffix(1);
  }
  return placer.replace({0, static_cast<std::uint32_t>(old_part.size())}, new_part);
}

PlacedOrRefusal change_suffix(const UseName& name, std::string_view new_suffix, const Placer& placer) {
  TextRange range = name.suffix_in_value;
  if (range.empty()) return placer.append_to_name(range.begin, new_suffix);
  // The colon and an equal digest stay where they are, so that a tag can be edited in its variable.
  std::string_view old = name.suffix;
  const std::uint32_t colon = !new_suffix.empty() && old.front() == new_suffix.front() ? 1 : 0;
  range.begin += colon;
  old.remove_prefix(colon);
  new_suffix.remove_prefix(colon);
  const std::string_view digest = old.substr(std::min(old.find('@'), old.size()));
  if (digest.size() < old.size() && new_suffix.ends_with(digest)) {
    range.end -= static_cast<std::uint32_t>(digest.size());
    new_suffix.remove_suffix(digest.size());
  }
  return placer.replace(range, new_suffix);
}

/// Adds the edits of a new suffix to those of a new name. Two that touch become one.
void join(std::vector<Edit>& edits, std::vector<Edit> more) {
  for (Edit& next : more) {
    Edit* last = edits.empty() ? nullptr : &edits.back();
    if (last && last->source == next.source && last->span.end == next.span.begin) {
      last->span.end = next.span.end;
      last->text += next.text;
    } else {
      edits.push_back(std::move(next));
    }
  }
}

ImagePair pair_of(const UseName& name, const MappedName& mapped, bool tag_is_elsewhere) {
  const bool moved = mapped.outcome == MappedName::Outcome::moved;
  ImagePair pair{.source = name.shown(full_name(name.meaning)),
                 .target = name.shown(moved ? mapped.name : full_name(name.meaning)),
                 .target_suffix = mapped.suffix ? *mapped.suffix : name.shown(name.suffix),
                 .name_known = !UseName::has_unknown(name.text),
                 .suffix_known = name.suffix_known && (!tag_is_elsewhere || name.meaning.digest)};
  if (pair.suffix_known) {
    pair.tag = name.meaning.tag.value_or("");
    pair.digest = name.meaning.digest.value_or("");
  }
  return pair;
}

void refuse(Move& move, Refusal why) {
  move.edits.clear();
  move.outcome = Move::Outcome::refused;
  move.refusal = std::move(why);
}

/// What something outside of the files puts in has no value by a default (docs/spec/kubernetes.md 3.6).
Refusal with_cure(Refusal refusal, const ImageUse& use, const Document& document) {
  const KindInfo& kind = *document.part_of(use).kind;
  const auto unknown = std::find_if(use.value.variables.begin(), use.value.variables.end(),
                                    [](const Variable& variable) { return variable.is_unset(); });
  if (refusal.kind != RefusalKind::unknown_variable || !manifest::is_dialect(kind) ||
      unknown == use.value.variables.end())
    return refusal;
  const std::string written = written_text(*unknown);
  if (written.starts_with('$') && !written.starts_with("$("))
    refusal.message = "'" + written +
                      "' is replaced outside of the files, whatever its default says; give its " +
                      "value with '--env " + std::string(unknown->name) + "=VALUE'";
  else if (written.starts_with("{{") && &kind != &kinds::argo_workflow)
    refusal.message =
        "'" + written + "' is of a template engine, whose values are not read; change it by hand";
  return refusal;
}

/// A scalar is written as a whole, and a name that is divided into several is edited only where all is known
/// (docs/spec/kubernetes.md 6.3).
Refusal unknown_in_scalars(const UseName& name) {
  return {RefusalKind::unknown_variable,
          "'" + name.unknown.front() + "' has no value that a file says; change the name by hand"};
}

/// A value behind which a chart's templates put names: its variable stands in no file.
bool is_prefix(const ImageUse& use) {
  return std::ranges::any_of(use.value.variables, [](const Variable& variable) {
    return variable.is_engine && !variable.written.source;
  });
}

/// A refusal of the mapping, said of what the use is and in what stands there.
Refusal in_its_terms(Refusal refusal, const ImageUse& use, const UseName& name) {
  refusal.message = name.shown(refusal.message);
  if (refusal.kind == RefusalKind::unknown_variable && is_prefix(use))
    refusal.message =
        "it is used as a prefix: the chart's templates put names behind it, which this move needs to know; "
        "use --paths keep or source, or change it by hand";
  return refusal;
}

/// Fills in the edits of a use whose new name is known.
void place_edits(Move& move, const ImageUse& use, const Document& document, const UseName& name,
                 const Mapping& mapping, const Placer& placer) {
  const bool split = !use.parts.empty();
  if (move.mapped.name != full_name(name.meaning)) {
    if (split && UseName::has_unknown(move.mapped.name))
      return refuse(move, with_cure(unknown_in_scalars(name), use, document));
    const std::size_t reach = reach_of(name, move.mapped, mapping);
    const std::string text = spelled(name, move.mapped.name, spelling_of(move.mapped, mapping));
    PlacedOrRefusal placed =
        split ? place_split_name(use, document, move.mapped.name) : change_name(name, text, reach, placer);
    if (auto* no = std::get_if<Refusal>(&placed)) return refuse(move, std::move(*no));
    move.via = std::get<PlacedEdits>(placed).via;
    move.edits = std::move(std::get<PlacedEdits>(placed).edits);
  }
  if (move.mapped.suffix) {
    PlacedOrRefusal placed = split ? place_split_suffix(use, document, *move.mapped.suffix)
                                   : change_suffix(name, *move.mapped.suffix, placer);
    if (auto* no = std::get_if<Refusal>(&placed)) return refuse(move, std::move(*no));
    if (move.edits.empty()) move.via = std::get<PlacedEdits>(placed).via;
    join(move.edits, std::move(std::get<PlacedEdits>(placed).edits));
  }
}

/// The same image in another spelling.
void respell(Move& move, const UseName& name, const ImageUse& use, const Document& document,
             const Mapping& mapping, const MoveOptions& options) {
  const auto text = respelled(name, mapping);
  if (!text || UseName::has_unknown(*text) || (name.has_variable && !options.edit_variables)) return;
  PlacedOrRefusal placed = change_name(name, *text, 0, Placer(use, document, options));
  if (auto* no = std::get_if<Refusal>(&placed)) return refuse(move, std::move(*no));
  move.outcome = Move::Outcome::moved;
  move.via = std::get<PlacedEdits>(placed).via;
  move.edits = std::move(std::get<PlacedEdits>(placed).edits);
}

}  // namespace

std::string_view to_string(Via via) {
  switch (via) {
    case Via::literal:
      return "literal";
    case Via::arg_default:
      return "arg-default";
    case Via::compose_default:
      return "compose-default";
    case Via::env_file:
      return "env-file";
    case Via::build_arg:
      return "build-arg";
    case Via::parameter:
      return "parameter";
    case Via::anchor:
      return "anchor";
  }
  return {};
}

Move move_use(const ImageUse& use, const Document& document, const Mapping& mapping,
              const MoveOptions& options) {
  if (const auto open = opened(use)) return move_use(*open, document, mapping, options);
  Move move;
  if (use.lock == MoveLock::template_) {
    refuse(move, {RefusalKind::template_, "a template stands in its name; the chart's values own it"});
    return move;
  }
  const auto read = read_use_name(use);
  if (!read) return move;
  if (const auto* no = std::get_if<Refusal>(&*read)) {
    refuse(move, with_cure(*no, use, document));
    return move;
  }
  const UseName& name = std::get<UseName>(*read);
  move.mapped = mapping.map(name.to_map());
  move.pair = pair_of(name, move.mapped, use.tag_is_elsewhere);
  switch (move.mapped.outcome) {
    case MappedName::Outcome::unchanged:
      move.outcome = Move::Outcome::unchanged;
      if (move.mapped.reason != MappedName::Reason::already_there) return move;
      respell(move, name, use, document, mapping, options);
      return move;
    case MappedName::Outcome::refused:
      refuse(move, in_its_terms(move.mapped.refusal, use, name));
      return move;
    case MappedName::Outcome::moved:
      break;
  }
  if (name.has_variable && !options.edit_variables) {
    refuse(move,
           {RefusalKind::variable_skipped, "a variable stands in its name, and --variables skip was given"});
    return move;
  }
  if (use.lock == MoveLock::global_registry) {
    refuse(move, {RefusalKind::global_registry,
                  "the file has a registry for all images and another one here, and the chart decides which "
                  "counts; make them one"});
    return move;
  }
  move.outcome = Move::Outcome::moved;
  place_edits(move, use, document, name, mapping, Placer(use, document, options));
  return move;
}

std::variant<std::string, Refusal> move_reference(std::string_view text, const Mapping& mapping) {
  const Piece piece{.text = {0, static_cast<std::uint32_t>(text.size())}};
  ImageUse use;
  use.kind = Kind::image;
  use.value.set(MappedText(text, {&piece, 1}));
  const auto read = read_use_name(use);
  if (!read) return std::string(text);
  if (const auto* no = std::get_if<Refusal>(&*read)) return *no;
  const UseName& name = std::get<UseName>(*read);
  const MappedName mapped = mapping.map(name.to_map());
  switch (mapped.outcome) {
    case MappedName::Outcome::unchanged: {
      const auto other =
          mapped.reason == MappedName::Reason::already_there ? respelled(name, mapping) : std::nullopt;
      return other ? *other + name.suffix : std::string(text);
    }
    case MappedName::Outcome::refused:
      return mapped.refusal;
    case MappedName::Outcome::moved:
      break;
  }
  return spelled(name, mapped.name, spelling_of(mapped, mapping)) + mapped.suffix.value_or(name.suffix);
}

}  // namespace imglint
