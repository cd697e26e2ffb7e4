#include "move/placer.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"

namespace imglint {
Via Placer::via_of(const Piece* piece) const {
  const Variable* variable = piece ? variable_of(*piece) : nullptr;
  if (!variable) return use_->aliases.empty() ? Via::literal : Via::anchor;
  switch (variable->source) {
    case VariableSource::arg_default:
      return Via::arg_default;
    case VariableSource::default_word:
      return Via::compose_default;
    case VariableSource::env_file:
      return Via::env_file;
    case VariableSource::build_args:
      return Via::build_arg;
    case VariableSource::parameter:
      return Via::parameter;
    case VariableSource::none:
    case VariableSource::option:
    case VariableSource::built_in:
      return Via::literal;
  }
  return Via::literal;
}

/// Who has given a variable its value: an option, or a line of the configuration. A build argument of a
/// compose file takes it from there.
std::string Placer::giver_of(VariableIndex variable) const {
  const std::vector<VariableIndex> chain = tree_.chain(variable);
  const bool is_argument =
      document_->file_part().has_stages && std::none_of(chain.begin(), chain.end(), [&](VariableIndex outer) {
        return use_->value.variables[outer].source == VariableSource::build_args;
      });
  const auto& places = is_argument ? options_->given.build_args : options_->given.env;
  const auto place = places.find(use_->value.variables[variable].name);
  if (place == places.end()) return is_argument ? "--build-arg" : "--env";
  return std::string(is_argument ? "'build-args'" : "'env'") + " (" + place->second.path + ":" +
         std::to_string(place->second.line) + ")";
}

/// What to do about a value that an option gives: the whole of it, with the text in it.
std::string Placer::cure_of(const Piece& piece, std::optional<TextRange> range, std::string_view text) const {
  const bool is_whole = range && piece.text.begin <= range->begin && range->end <= piece.text.end;
  if (!is_whole || transformed(piece)) return "; change it where that is set";
  std::string value(use_->value.text({piece.text.begin, range->begin}));
  value.append(text).append(use_->value.text({range->end, piece.text.end}));
  return "; give it as '" + std::string(variable_of(piece)->name) + "=" + value + "' where that is set";
}

/// Text whose bytes are in no file that may be edited. `range`: what it takes the place of, where that is
/// text of the value.
std::optional<Refusal> Placer::foreign(const Piece& piece, std::optional<TextRange> range,
                                       std::string_view text) const {
  const Variable* variable = variable_of(piece);
  if (!variable) return std::nullopt;
  const std::string name(variable->name);
  switch (variable->source) {
    case VariableSource::option:
      return Refusal{
          RefusalKind::defined_by_option,
          imglint::quoted(name) + " is given by " + giver_of(piece.variable) + cure_of(piece, range, text)};
    case VariableSource::built_in:
      return Refusal{RefusalKind::unknown_variable,
                     imglint::quoted(name) + " is set by the build, not by a file"};
    case VariableSource::env_file: {
      if (options_->edit_env) return std::nullopt;
      const Location place = piece.source ? Location{piece.source, piece.span} : variable->place;
      std::string where = "an environment file";
      if (place.source)
        where = place.source->path() + ":" + std::to_string(place.source->position(place.span.begin).line);
      return Refusal{RefusalKind::defined_in_env_file,
                     imglint::quoted(name) + " is set in " + where + "; use --edit-env to edit it there"};
    }
    case VariableSource::none:
    case VariableSource::arg_default:
    case VariableSource::default_word:
    case VariableSource::build_args:
    case VariableSource::parameter:
      return std::nullopt;
  }
  return std::nullopt;
}

/// `${X#p}` and its like: the bytes of X are not those of the value.
std::optional<Refusal> Placer::transformed(const Piece& piece) const {
  for (VariableIndex i = 0; i < count(use_->value.variables); ++i) {
    const Variable& variable = use_->value.variables[i];
    const char first = variable.op.empty() ? ' ' : variable.op.front();
    if (first != '#' && first != '%' && first != '/') continue;
    if (tree_.is_within(piece.variable, i))
      return Refusal{RefusalKind::variable_boundary,
                     "the name goes through '" + written_text(variable) + "'; change it by hand"};
  }
  return std::nullopt;
}

/// Why the text may not go there: the place is not editable, or the text would need other quotes.
std::optional<Refusal> Placer::unfit(const Piece* piece, Location place, std::string_view text) const {
  if (place.source != document_->source || via_of(piece) == Via::build_arg) {
    const bool brackets = text.find_first_of("[]") != std::string_view::npos;
    if (!brackets || via_of(piece) == Via::env_file) return std::nullopt;
    return Refusal{RefusalKind::not_editable,
                   "an address in brackets may need quotes where it goes; write it there by hand"};
  }
  if (!use_->not_editable.empty())
    return Refusal{RefusalKind::not_editable, std::string(use_->not_editable) + "; change it by hand"};
  if (auto reason = why_unfit(use_->style, place.span.begin == use_->span.begin, text))
    return Refusal{RefusalKind::not_editable, *std::move(reason)};
  return std::nullopt;
}

PlacedOrRefusal Placer::at(const Piece* piece, Location place, std::string_view text) const {
  if (piece) {
    if (auto no = foreign(*piece, std::nullopt, text)) return std::move(*no);
    if (auto no = transformed(*piece)) return std::move(*no);
  }
  if (!place.source) return Refusal{RefusalKind::not_editable, "its bytes are in no file"};
  if (auto no = unfit(piece, place, text)) return std::move(*no);
  Edit edit{.source = place.source, .span = place.span, .text = std::string(text)};
  return PlacedEdits{.edits = {std::move(edit)}, .via = via_of(piece)};
}

/// In a string of JSON an escape within what is replaced goes with it: the bytes are those of one string.
std::optional<Location> Placer::whole_string(TextRange range) const {
  if (use_->style != Style::json) return std::nullopt;
  std::uint32_t end = 0;
  for (const Piece& piece : use_->value.pieces()) {
    if (piece.text.end <= range.begin || piece.text.begin >= range.end) continue;
    const bool cut = piece.text.begin < range.begin || piece.text.end > range.end;
    if (!piece.source || piece.variable != no_variable || (cut && !piece.exact)) return std::nullopt;
    if (end != 0 && piece.span.begin != end) return std::nullopt;
    end = piece.span.end;
  }
  return use_->value.cover_of(range);
}

PlacedOrRefusal Placer::replace(TextRange range, std::string_view text) const {
  for (const Piece& piece : use_->value.pieces())
    if (piece.text.begin <= range.begin && range.end <= piece.text.end && !piece.text.empty()) {
      if (auto no = foreign(piece, range, text)) return std::move(*no);
      if (piece.source && piece.exact)
        return at(&piece,
                  {piece.source,
                   {piece.span.begin + range.begin - piece.text.begin,
                    piece.span.begin + range.end - piece.text.begin}},
                  text);
    }
  if (const auto place = whole_string(range)) return at(nullptr, *place, text);
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
    if (auto no = foreign(piece, range, text)) return std::move(*no);
    if (auto no = transformed(piece)) return std::move(*no);
    if (!variable) variable = variable_of(piece);
    one_text = one_text && text_of.value_or(piece.variable) == piece.variable;
    text_of = piece.variable;
  }
  const std::string_view part = use_->value.text(range);
  if (!variable || one_text)
    return Refusal{RefusalKind::not_editable, imglint::quoted(part) +
                                                  " is written with an escape, quotes inside or "
                                                  "over several lines; write it in one piece"};
  const bool library = part.substr(part.rfind('/') + 1) == "library";
  return Refusal{RefusalKind::variable_boundary,
                 imglint::quoted(part) + " is partly in '" + written_text(*variable) +
                     "' and partly beside it; " + (library ? "use --library keep" : "write it on one side") +
                     ", or change it by hand"};
}

/// Whether all of the name comes from a variable, what stands in its text included.
bool Placer::supplies(VariableIndex variable, std::uint32_t name_end) const {
  return std::all_of(use_->value.pieces().begin(), use_->value.pieces().end(), [&](const Piece& piece) {
    if (piece.text.begin >= name_end) return true;
    return piece.variable != no_variable && tree_.is_within(piece.variable, variable);
  });
}

PlacedOrRefusal Placer::before_variable(VariableIndex index, std::string_view text) const {
  const Variable& variable = use_->value.variables[index];
  const VariableIndex outer = tree_.parent(index);
  const Location written = variable.written;
  if (!written.source) return Refusal{RefusalKind::not_editable, "its bytes are in no file"};
  const Location place{written.source, {written.span.begin, written.span.begin}};
  if (outer == no_variable) return at(nullptr, place, text);
  const Piece inside{.source = written.source, .span = place.span, .variable = outer};
  return at(&inside, place, text);
}

namespace {

/// Where text goes that takes the place of nothing, and how: in quotes where the header of a block scalar
/// without a line stands, and behind a tag that has nothing.
std::pair<Location, std::string> in_place_of_nothing(const Piece& piece, std::string_view text) {
  const std::string_view bytes = piece.source->text(piece.span);
  const bool is_header = !piece.exact && (bytes.starts_with('|') || bytes.starts_with('>'));
  if (is_header) return {{piece.source, piece.span}, '"' + std::string(text) + '"'};
  const bool is_tag = !piece.exact && (bytes.starts_with('!') || bytes.starts_with('&'));
  if (is_tag) return {{piece.source, piece.span}, std::string(bytes) + " \"" + std::string(text) + '"'};
  return {{piece.source, {piece.span.begin, piece.span.begin}}, std::string(text)};
}

/// Whether a text is what was printed of a number or a truth value in a file: another text before it makes
/// it text, which is taken as it is written.
bool is_printed(const Piece& piece) {
  if (piece.exact || !piece.source || piece.span.empty()) return false;
  const char first = piece.source->text(piece.span).front();
  return is_digit(first) || std::string_view("+-.tTfF").find(first) != std::string_view::npos;
}

}  // namespace

PlacedOrRefusal Placer::prepend(std::uint32_t name_end, std::string_view text, std::size_t reach) const {
  const auto pieces = use_->value.pieces();
  // An empty default in front is the knob to turn.
  const auto first =
      std::find_if(pieces.begin(), pieces.end(), [](const Piece& p) { return !p.text.empty(); });
  for (auto piece = pieces.begin(); piece != first; ++piece)
    if (piece->source && variable_of(*piece)) {
      const auto [place, written] = in_place_of_nothing(*piece, text);
      return at(&*piece, place, written);
    }
  if (first == pieces.end()) return Refusal{RefusalKind::not_editable, "its bytes are in no file"};
  if (!variable_of(*first)) return at(&*first, {first->source, {first->span.begin, first->span.begin}}, text);
  // From the outermost variable inwards: the first that supplies less than the whole name keeps its meaning,
  // and the text goes before it.
  const std::vector<VariableIndex> chain = tree_.chain(first->variable);
  for (auto variable = chain.rbegin(); reach == 0 && variable != chain.rend(); ++variable)
    if (!supplies(*variable, name_end)) return before_variable(*variable, text);
  if (!first->source) {
    if (auto no = foreign(*first, TextRange{first->text.begin, first->text.begin}, text))
      return std::move(*no);
    return Refusal{RefusalKind::not_editable, "its bytes are in no file"};
  }
  if (via_of(&*first) == Via::build_arg && is_printed(*first))
    return Refusal{RefusalKind::not_editable,
                   imglint::quoted(use_->value.text(first->text)) + " is written as '" +
                       printable(first->source->text(first->span)) +
                       "', which is read as a number or a truth value; put it in quotes"};
  return at(&*first, {first->source, {first->span.begin, first->span.begin}}, text);
}

PlacedOrRefusal Placer::append_to_name(std::uint32_t name_end, std::string_view text) const {
  // An empty default behind the name is the knob to turn.
  for (const Piece& piece : use_->value.pieces())
    if (piece.text.empty() && piece.text.begin == name_end && piece.source && variable_of(piece)) {
      const auto [place, written] = in_place_of_nothing(piece, text);
      return at(&piece, place, written);
    }
  for (const Piece& piece : use_->value.pieces())
    if (piece.text.begin < name_end && name_end <= piece.text.end) {
      if (auto no = foreign(piece, TextRange{name_end, name_end}, text)) return std::move(*no);
      if (!piece.source || !piece.exact) continue;
      const std::uint32_t end = piece.span.begin + name_end - piece.text.begin;
      return at(&piece, {piece.source, {end, end}}, text);
    }
  return crossing({name_end - 1, name_end}, text);
}

}  // namespace imglint
