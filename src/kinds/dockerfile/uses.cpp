#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/room.hpp"
#include "expansion/engine.hpp"
#include "kinds/built_name.hpp"
#include "kinds/dockerfile/emptied.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"
#include "reference/parse.hpp"

namespace imglint::dockerfile {
namespace {

/// An expression, a statement or a comment of a template engine.
bool holds_engine_text(std::string_view line) {
  return line.find("{#") != std::string_view::npos || !find_expressions(line).empty();
}

/// A reference as BuildKit compares it with the names of contexts (docs/spec/dockerfile.md 2.9).
std::string context_name(const Reference& reference, std::string_view text) {
  std::string name = canonical(reference, text).familiar();
  constexpr std::string_view latest = ":latest";
  if (name.ends_with(latest)) name.resize(name.size() - latest.size());
  return name;
}

std::unordered_set<std::string> context_names(const std::vector<std::string>& contexts) {
  std::unordered_set<std::string> names;
  for (const std::string& context : contexts) {
    const ReferenceParse parsed = parse_reference(context);
    const auto* reference = std::get_if<Reference>(&parsed);
    names.insert(reference ? context_name(*reference, context) : context);
  }
  return names;
}

/// Whether a service of the files that build this one gives an image its name.
bool is_built(const Reading& reading, const Reference& reference, std::string_view text) {
  const auto& built = reading.options.built;
  if (built.empty()) return false;
  const std::string name = pulled_name(reference, text);
  return std::any_of(built.begin(), built.end(), [&](const auto& names) { return names->contains(name); });
}

std::string_view why_not_editable(const Reading& reading, const LogicalLine& line,
                                  std::span<const TextRange> parts, const MappedText& written) {
  const TextRange whole{parts.front().begin, parts.back().end};
  const TextRange input = Places::input_range(line, whole);
  if (input.size() != whole.size()) return "a line continuation is inside the reference";
  if (parts.size() > 1) return "a quote or an escape is inside the reference";
  if (!reading.places.has_span(input)) return "the reference does not stand in this file";
  for (const Piece& piece : written.pieces())
    if (piece.variable != no_variable || (piece.exact && !piece.text.empty()))
      return {};  // the pieces say which
  return "a YAML escape or fold is inside the reference";
}

}  // namespace

Reading::Reading(const MappedText& input, std::span<const Variable> variables, const ReadOptions& options_,
                 Document& document_, OwnerIndex parent_)
    : text(input.text()),
      begin(text.starts_with("\xEF\xBB\xBF") ? 3 : 0),
      options(options_),
      document(document_),
      places(input, variables, *document_.source, document_.arena),
      lines(text, begin),
      scope(options_, text.size(), document_.arena),
      part(static_cast<std::uint32_t>(document_.parts.size() - 1)),
      parent(parent_),
      first_use(document_.uses.size()),
      first_stage(document_.stages.size()),
      first_argument(document_.arguments.size()),
      first_trouble(document_.troubles.size()),
      contexts(context_names(options_.contexts)),
      has_open(dockerfile::has_open(variables)) {}

Trouble& complain(Reading& reading, Span span, std::string message) {
  return reading.document.troubles.emplace_back(
      Trouble{.kind = Trouble::Kind::syntax, .span = span, .message = std::move(message)});
}

Trouble& complain(Reading& reading, const LogicalLine& line, TextRange range, std::string message) {
  TextRange place = Places::input_range(line, range);
  const TextRange before{line.place.begin, place.begin};
  if (before.of(reading.text).find('\n') != std::string_view::npos) place.begin = before.begin;
  Trouble& trouble = complain(reading, reading.places.span(place), std::move(message));
  // What an engine makes of the line may be right.
  if (reading.document.is_template && holds_engine_text(line.text)) trouble.kind = Trouble::Kind::remark;
  return trouble;
}

void complain_unread(Reading& reading, const LogicalLine& line, TextRange range, std::string message) {
  complain(reading, line, range, std::move(message)).hides_references = true;
}

MappedText adopt_variables(const Reading& reading, const MappedText& text, std::vector<Variable>& variables) {
  const std::span<const Variable> outer = reading.places.variables();
  if (outer.empty()) return text;
  std::vector<Piece> pieces(text.pieces().begin(), text.pieces().end());
  std::unordered_map<VariableIndex, VariableIndex> adopted;
  for (Piece& piece : pieces) {
    if (piece.variable >= outer.size()) continue;
    const auto next = static_cast<VariableIndex>(variables.size());
    const auto [place, is_new] = adopted.try_emplace(piece.variable, next);
    if (is_new) {
      variables.push_back(outer[piece.variable]);
      variables.back().within = no_variable;
    }
    piece.variable = place->second;
  }
  return {text.text(), reading.document.arena.copy(std::span<const Piece>(pieces))};
}

ImageUse& add_use(Reading& reading, const RoleInfo& role, const LogicalLine& line,
                  std::span<const TextRange> parts) {
  ImageUse use{.role = &role};
  use.written = adopt_variables(reading, map_parts(reading, line, parts), use.value.variables);
  use.value.set(use.written);
  use.span = reading.places.span(line, {parts.front().begin, parts.back().end});
  use.not_editable = why_not_editable(reading, line, parts, use.written);
  use.owner = reading.current_owner();
  use.part = reading.part;
  Document& document = reading.document;
  make_room(document.uses, use.span.end, document.source->bytes().size());
  return document.uses.emplace_back(std::move(use));
}

ImageUse& add_emptied_use(Reading& reading, const RoleInfo& role, const MappedText& emptied) {
  ImageUse use{.role = &role};
  use.written = adopt_variables(reading, emptied, use.value.variables);
  use.value.set(use.written);
  use.kind = Kind::unresolved;
  use.reference = parse_reference(use.value.text());
  use.not_editable = "nothing is left of the reference";
  const Location place = use.value.variables.empty() ? Location{} : use.value.variables.front().written;
  if (place.source == reading.document.source) use.span = place.span;
  use.owner = reading.current_owner();
  use.part = reading.part;
  Document& document = reading.document;
  make_room(document.uses, use.span.end, document.source->bytes().size());
  return document.uses.emplace_back(std::move(use));
}

void set_error(Reading& reading, ImageUse& use, UseError kind, std::string_view message) {
  use.error_kind = kind;
  const bool has_no_value = kind == UseError::expansion_failed || kind == UseError::variable_not_allowed;
  (has_no_value ? use.value.fault : use.lookup_error) = reading.document.arena.copy(message);
}

bool is_context(const Reading& reading, std::string_view name) {
  return !reading.contexts.empty() && reading.contexts.contains(std::string(name));
}

void resolve_image(Reading& reading, ImageUse& use) {
  const std::string_view text = use.value.text();
  use.reference = parse_reference(text);
  const Reference* reference = use.parsed();
  if (!reference) {
    use.kind = Kind::invalid;
  } else if (!reading.contexts.empty() && reading.contexts.contains(context_name(*reference, text))) {
    use.kind = Kind::context;
  } else if (is_built(reading, *reference, text)) {
    use.kind = Kind::built;
  } else {
    use.kind = Kind::image;
  }
}

}  // namespace imglint::dockerfile
