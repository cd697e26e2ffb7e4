#include "move/move.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "move/use_name.hpp"

namespace imglint {
namespace {

/// An edit and where it lands, or why there is none.
struct Placed {
  Edit edit;
  Via via = Via::literal;
};
using PlacedOrRefusal = std::variant<Placed, Refusal>;
Refusal refusal(RefusalKind kind, std::string message) { return {kind, std::move(message)}; }
std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }
/// Finds the bytes for a change of the use's value.
class Placer {
 public:
  Placer(const ImageUse& use, const Document& document, const MoveOptions& options)
      : use_(&use), document_(&document), options_(&options), tree_(use) {}
  /// Replaces a non-empty range of the value.
  [[nodiscard]] PlacedOrRefusal replace(TextRange range, std::string_view text) const;
  /// Puts text before the value's name, which ends at name_end.
  [[nodiscard]] PlacedOrRefusal prepend(std::uint32_t name_end, std::string_view text) const;
  /// Puts text behind the name.
  [[nodiscard]] PlacedOrRefusal append_to_name(std::uint32_t name_end, std::string_view text) const;

 private:
  [[nodiscard]] const Variable* variable_of(const Piece& piece) const {
    return piece.variable < use_->variables.size() ? &use_->variables[piece.variable] : nullptr;
  }
  [[nodiscard]] std::optional<Refusal> foreign(const Piece& piece, std::string_view text) const;
  [[nodiscard]] std::optional<Refusal> transformed(const Piece& piece) const;
  [[nodiscard]] PlacedOrRefusal crossing(TextRange range, std::string_view text) const;
  [[nodiscard]] PlacedOrRefusal at(const Piece* piece, Location place, std::string_view text) const;
  [[nodiscard]] PlacedOrRefusal before_variable(VariableIndex index, std::string_view text) const;
  [[nodiscard]] bool supplies(VariableIndex variable, std::uint32_t name_end) const;
  [[nodiscard]] Via via_of(const Piece* piece) const;
  [[nodiscard]] std::optional<Refusal> unfit(const Piece* piece, Location place, std::string_view text) const;
  const ImageUse* use_;
  const Document* document_;
  const MoveOptions* options_;
  VariableTree tree_;
};

Via Placer::via_of(const Piece* piece) const {
  const Variable* variable = piece ? variable_of(*piece) : nullptr;
  if (!variable) return use_->uses.empty() ? Via::literal : Via::anchor;
  switch (variable->source) {
    case VariableSource::arg_default:
      return Via::arg_default;
    case VariableSource::default_word:
      return Via::compose_default;
    case VariableSource::env_file:
      return Via::env_file;
    case VariableSource::build_args:
      return Via::build_arg;
    case VariableSource::none:
    case VariableSource::option:
    case VariableSource::built_in:
      return Via::literal;
  }
  return Via::literal;
}

/// Text whose bytes are in no file that may be edited.
std::optional<Refusal> Placer::foreign(const Piece& piece, std::string_view text) const {
  const Variable* variable = variable_of(piece);
  if (!variable) return std::nullopt;
  const std::string name(variable->name);
  switch (variable->source) {
    case VariableSource::option:
      return refusal(RefusalKind::defined_by_option,
                     quoted(name) + " is given by " +
                         (document_->dialect == Dialect::dockerfile ? "--build-arg" : "--env") +
                         "; give it as '" + name + "=" + std::string(text) + "' where that is set");
    case VariableSource::built_in:
      return refusal(RefusalKind::unknown_variable, quoted(name) + " is set by the build, not by a file");
    case VariableSource::env_file: {
      if (options_->edit_env) return std::nullopt;
      const Location place = piece.source ? Location{piece.source, piece.span} : variable->place;
      std::string where = "an environment file";
      if (place.source)
        where = place.source->path() + ":" + std::to_string(place.source->position(place.span.begin).line);
      return refusal(RefusalKind::defined_in_env_file,
                     quoted(name) + " is set in " + where + "; use --edit-env to edit it there");
    }
    case VariableSource::none:
    case VariableSource::arg_default:
    case VariableSource::default_word:
    case VariableSource::build_args:
      return std::nullopt;
  }
  return std::nullopt;
}

/// `${X#p}` and its like: the bytes of X are not those of the value.
std::optional<Refusal> Placer::transformed(const Piece& piece) const {
  for (VariableIndex i = 0; i < count(use_->variables); ++i) {
    const Variable& variable = use_->variables[i];
    const char first = variable.op.empty() ? ' ' : variable.op.front();
    if (first != '#' && first != '%' && first != '/') continue;
    if (tree_.is_within(piece.variable, i))
      return refusal(RefusalKind::variable_boundary,
                     "the name goes through '" + written_text(variable) + "'; change it by hand");
  }
  return std::nullopt;
}

/// YAML style hazards (docs/spec/yaml.md 2): a host in brackets needs quotes.
std::optional<Refusal> Placer::unfit(const Piece* piece, Location place, std::string_view text) const {
  const bool brackets = text.find_first_of("[]") != std::string_view::npos;
  if (place.source != document_->source || via_of(piece) == Via::build_arg) {
    if (!brackets || via_of(piece) == Via::env_file) return std::nullopt;
    return refusal(RefusalKind::not_editable,
                   "an address in brackets may need quotes where it goes; write it there by hand");
  }
  if (!use_->not_editable.empty())
    return refusal(RefusalKind::not_editable, std::string(use_->not_editable) + "; change it by hand");
  if (!brackets) return std::nullopt;
  const bool plain = use_->style == Style::plain && place.span.begin == use_->span.begin;
  if (use_->style == Style::flow_plain || plain)
    return refusal(RefusalKind::not_editable,
                   "an address in brackets cannot stand here without quotes; quote the value first");
  return std::nullopt;
}

PlacedOrRefusal Placer::at(const Piece* piece, Location place, std::string_view text) const {
  if (piece) {
    if (auto no = foreign(*piece, text)) return std::move(*no);
    if (auto no = transformed(*piece)) return std::move(*no);
  }
  if (!place.source) return refusal(RefusalKind::not_editable, "its bytes are in no file");
  if (auto no = unfit(piece, place, text)) return std::move(*no);
  return Placed{.edit = {.source = place.source, .span = place.span, .text = std::string(text)},
                .via = via_of(piece)};
}

PlacedOrRefusal Placer::replace(TextRange range, std::string_view text) const {
  for (const Piece& piece : use_->value.pieces())
    if (piece.text.begin <= range.begin && range.end <= piece.text.end && !piece.text.empty()) {
      if (auto no = foreign(piece, text)) return std::move(*no);
      if (piece.source && piece.exact)
        return at(&piece,
                  {piece.source,
                   {piece.span.begin + range.begin - piece.text.begin,
                    piece.span.begin + range.end - piece.text.begin}},
                  text);
    }
  return crossing(range, text);
}

/// Why a range that is more than one piece cannot be replaced.
PlacedOrRefusal Placer::crossing(TextRange range, std::string_view text) const {
  const Variable* variable = nullptr;
  std::optional<VariableIndex> text_of;  // whose text it is, if it is one's alone
  bool one_text = true;
  for (const Piece& piece : use_->value.pieces()) {
    const bool touches = piece.text.begin < range.end && range.begin < piece.text.end;
    const bool inside = piece.text.empty() && range.begin < piece.text.begin && piece.text.begin < range.end;
    if (!touches && !inside) continue;
    if (auto no = foreign(piece, text)) return std::move(*no);
    if (auto no = transformed(piece)) return std::move(*no);
    if (!variable) variable = variable_of(piece);
    one_text = one_text && text_of.value_or(piece.variable) == piece.variable;
    text_of = piece.variable;
  }
  const std::string_view part = use_->value.text(range);
  if (!variable || one_text)
    return refusal(RefusalKind::not_editable, quoted(part) +
                                                  " is written with an escape, quotes inside or "
                                                  "over several lines; write it in one piece");
  const bool library = part.substr(part.rfind('/') + 1) == "library";
  return refusal(RefusalKind::variable_boundary,
                 quoted(part) + " is partly in '" + written_text(*variable) + "' and partly beside it; " +
                     (library ? "use --library keep" : "write it on one side") + ", or change it by hand");
}

/// Whether all of the name comes from a variable, what stands in its text included.
bool Placer::supplies(VariableIndex variable, std::uint32_t name_end) const {
  return std::all_of(use_->value.pieces().begin(), use_->value.pieces().end(), [&](const Piece& piece) {
    if (piece.text.begin >= name_end) return true;
    return piece.variable != no_variable && tree_.is_within(piece.variable, variable);
  });
}

PlacedOrRefusal Placer::before_variable(VariableIndex index, std::string_view text) const {
  const Variable& variable = use_->variables[index];
  const VariableIndex outer = tree_.parent(index);
  const Location written = variable.written;
  if (!written.source) return refusal(RefusalKind::not_editable, "its bytes are in no file");
  const Location place{written.source, {written.span.begin, written.span.begin}};
  if (outer == no_variable) return at(nullptr, place, text);
  const Piece inside{.source = written.source, .span = place.span, .variable = outer};
  return at(&inside, place, text);
}

PlacedOrRefusal Placer::prepend(std::uint32_t name_end, std::string_view text) const {
  const auto pieces = use_->value.pieces();
  // An empty default in front is the knob to turn.
  const auto first =
      std::find_if(pieces.begin(), pieces.end(), [](const Piece& p) { return !p.text.empty(); });
  for (auto piece = pieces.begin(); piece != first; ++piece)
    if (piece->source && variable_of(*piece))
      return at(&*piece, {piece->source, {piece->span.begin, piece->span.begin}}, text);
  if (first == pieces.end()) return refusal(RefusalKind::not_editable, "its bytes are in no file");
  if (!variable_of(*first)) return at(&*first, {first->source, {first->span.begin, first->span.begin}}, text);
  // From the outermost variable inwards: the first that supplies less than the whole name keeps its meaning,
  // and the text goes before it.
  const std::vector<VariableIndex> chain = tree_.chain(first->variable);
  for (auto variable = chain.rbegin(); variable != chain.rend(); ++variable)
    if (!supplies(*variable, name_end)) return before_variable(*variable, text);
  if (!first->source) {
    if (auto no = foreign(*first, std::string(text) + std::string(use_->value.text(first->text))))
      return std::move(*no);
    return refusal(RefusalKind::not_editable, "its bytes are in no file");
  }
  return at(&*first, {first->source, {first->span.begin, first->span.begin}}, text);
}

PlacedOrRefusal Placer::append_to_name(std::uint32_t name_end, std::string_view text) const {
  for (const Piece& piece : use_->value.pieces())
    if (piece.text.begin < name_end && name_end <= piece.text.end && piece.source && piece.exact) {
      const std::uint32_t end = piece.span.begin + name_end - piece.text.begin;
      return at(&piece, {piece.source, {end, end}}, text);
    }
  return crossing({name_end - 1, name_end}, text);
}

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

PlacedOrRefusal change_name(const UseName& name, std::string_view new_name, const Placer& placer) {
  const std::string_view old_name = name.text;
  const std::size_t tail = common_tail(old_name, new_name);
  std::string_view old_part = old_name.substr(0, old_name.size() - tail);
  std::string_view new_part = new_name.substr(0, new_name.size() - tail);
  if (UseName::has_unknown(old_part) || UseName::has_unknown(new_part))
    return refusal(RefusalKind::unknown_variable,
                   "the new name needs the value of '" + name.unknown.front() + "', which no file says");
  if (old_part.empty()) return placer.prepend(name.suffix_in_value.begin, new_part);
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

/// A new name and a new suffix that touch become one edit.
std::vector<Edit> joined(Edit first, Edit second) {
  if (first.source == second.source && first.span.end == second.span.begin) {
    first.span.end = second.span.end;
    first.text += second.text;
    return {std::move(first)};
  }
  return {std::move(first), std::move(second)};
}

ImagePair pair_of(const UseName& name, const MappedName& mapped) {
  const bool moved = mapped.outcome == MappedName::Outcome::moved;
  ImagePair pair{.source = name.shown(full_name(name.meaning)),
                 .target = name.shown(moved ? mapped.name : full_name(name.meaning)),
                 .target_suffix = mapped.suffix ? *mapped.suffix : name.shown(name.suffix),
                 .name_known = !UseName::has_unknown(name.text),
                 .suffix_known = name.suffix_known};
  if (name.suffix_known) {
    pair.tag = name.meaning.tag.value_or("");
    pair.digest = name.meaning.digest.value_or("");
  }
  return pair;
}

void refuse(Move& move, Refusal why) {
  move.outcome = Move::Outcome::refused;
  move.refusal = std::move(why);
}

/// Fills in the edits of a use whose new name is known.
void place_edits(Move& move, const UseName& name, const Placer& placer) {
  std::vector<Edit> edits;
  if (move.mapped.name != full_name(name.meaning)) {
    PlacedOrRefusal placed = change_name(name, move.mapped.name, placer);
    if (auto* no = std::get_if<Refusal>(&placed)) return refuse(move, std::move(*no));
    move.via = std::get<Placed>(placed).via;
    edits.push_back(std::move(std::get<Placed>(placed).edit));
  }
  if (move.mapped.suffix) {
    PlacedOrRefusal placed = change_suffix(name, *move.mapped.suffix, placer);
    if (auto* no = std::get_if<Refusal>(&placed)) return refuse(move, std::move(*no));
    if (edits.empty()) move.via = std::get<Placed>(placed).via;
    edits.push_back(std::move(std::get<Placed>(placed).edit));
  }
  move.edits = edits.size() == 2 ? joined(std::move(edits[0]), std::move(edits[1])) : std::move(edits);
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
    case Via::anchor:
      return "anchor";
  }
  return {};
}

Move move_use(const ImageUse& use, const Document& document, const Mapping& mapping,
              const MoveOptions& options) {
  if (const auto open = opened(use)) return move_use(*open, document, mapping, options);
  Move move;
  const auto read = read_use_name(use);
  if (!read) return move;
  if (const auto* no = std::get_if<Refusal>(&*read)) {
    refuse(move, *no);
    return move;
  }
  const UseName& name = std::get<UseName>(*read);
  move.mapped = mapping.map(name.to_map());
  move.pair = pair_of(name, move.mapped);
  switch (move.mapped.outcome) {
    case MappedName::Outcome::unchanged:
      move.outcome = Move::Outcome::unchanged;
      return move;
    case MappedName::Outcome::refused:
      refuse(move, move.mapped.refusal);
      return move;
    case MappedName::Outcome::moved:
      break;
  }
  if (name.has_variable && !options.edit_variables) {
    refuse(move,
           {RefusalKind::variable_skipped, "a variable stands in its name, and --variables skip was given"});
    return move;
  }
  move.outcome = Move::Outcome::moved;
  place_edits(move, name, Placer(use, document, options));
  return move;
}

std::variant<std::string, Refusal> move_reference(std::string_view text, const Mapping& mapping) {
  const Piece piece{.text = {0, static_cast<std::uint32_t>(text.size())}};
  ImageUse use;
  use.kind = Kind::image;
  use.value = MappedText(text, {&piece, 1});
  const auto read = read_use_name(use);
  if (!read) return std::string(text);
  if (const auto* no = std::get_if<Refusal>(&*read)) return *no;
  const UseName& name = std::get<UseName>(*read);
  const MappedName mapped = mapping.map(name.to_map());
  switch (mapped.outcome) {
    case MappedName::Outcome::unchanged:
      return std::string(text);
    case MappedName::Outcome::refused:
      return mapped.refusal;
    case MappedName::Outcome::moved:
      break;
  }
  return mapped.name + mapped.suffix.value_or(name.suffix);
}

}  // namespace imglint
