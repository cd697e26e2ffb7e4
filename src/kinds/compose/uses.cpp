#include "kinds/compose/uses.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_set>

#include "base/printable.hpp"
#include "expansion/engine.hpp"
#include "kinds/built_name.hpp"
#include "kinds/compose/shape.hpp"
#include "kinds/compose/spelling.hpp"
#include "kinds/use_span.hpp"
#include "reference/parse.hpp"

namespace imglint::compose {
namespace {

/// A scalar with more is a mistake, or an attack: each use holds all paths of its scalar.
constexpr std::size_t most_references = 64;

/// Parses a reference. Models are artifacts whose repositories may have capitals (compose.md 2.2, row 13).
ReferenceParse parse(const RoleInfo& role, std::string_view text) {
  if (!role.any_case) return parse_reference(text);
  std::string lower(text);
  const auto end = lower.begin() + static_cast<std::ptrdiff_t>(std::min(lower.find('@'), lower.size()));
  std::transform(lower.begin(), end, lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return parse_reference(lower);
}

Kind kind_of(const ImageUse& use, const std::optional<TemplateFault>& fault, const ComposeFile& file) {
  if (fault && fault->kind == Trouble::Kind::unjudged) return Kind::unresolved;
  if (!use.value.is_known())
    return std::ranges::any_of(use.value.variables, &Variable::is_unset) ? Kind::unresolved : Kind::invalid;
  if (std::ranges::any_of(use.value.variables, &Variable::is_unset)) return Kind::unresolved;
  if (use.role == &role::volume_image && file.find_service(use.value.text()) >= 0) return Kind::service;
  if (!use.parsed()) return Kind::invalid;
  return use.role->function == Function::output ? Kind::built : Kind::image;
}

/// Why no byte of this file can be changed, where all text comes from elsewhere.
std::string reason_of(const ImageUse& use, const Source& source) {
  for (const Piece& piece : use.value.pieces())
    if (piece.source == &source && piece.exact && !piece.text.empty()) return {};
  for (const Variable& variable : use.value.variables) {
    const std::string name = "'" + std::string(variable.name) + "'";
    if (variable.source == VariableSource::option) return "the value of " + name + " is given by an option";
    if (variable.source == VariableSource::env_file)
      return "the value of " + name + " stands in '" +
             (variable.place.source ? printable(variable.place.source->path()) : ".env") + "'";
    if (variable.source == VariableSource::built_in) return name + " is set by docker compose";
  }
  for (const Variable& variable : use.value.variables)
    if (variable.is_unset()) return "'" + std::string(variable.name) + "' has no value here";
  return "its bytes differ from its text";
}

/// What all uses of a scalar share.
ImageUse start(const Place& place, const ScalarValue& scalar, Arena& arena) {
  ImageUse use;
  use.role = place.role;
  use.style = scalar.place.style;
  use.active = place.active;
  use.path = arena.copy(place.path);
  use.aliases = aliases_of(place, arena);
  use.owner = place.service;
  return use;
}

/// A use whose interpolation is an error: known is only how it is written.
void fill_without_value(ImageUse& use, TextRange range, const ScalarValue& scalar, Document& document) {
  use.written = scalar.place.text.sub(range, document.arena);
  use.span = scalar.place.text.cover_of(range).value_or(Location{nullptr, scalar.place.content}).span;
  use.value.variables = part_of({}, {}, use.span, scalar.interpolation.variables, document.arena).variables;
  use.error_kind = UseError::expansion_failed;
  use.value.fault = document.arena.copy(scalar.interpolation.fault->message);
  use.not_editable = use.value.fault;
}

/// What is known all the same, if it is a required variable that has no value.
void fill_open(ImageUse& use, std::size_t number, std::size_t count, const Place& place,
               const ScalarValue& scalar, Document& document) {
  const Interpolation& interpolation = scalar.interpolation;
  const auto ranges = references_in(interpolation.open_value.text(), place.spelling);
  if (ranges.size() != count) return;
  const auto span =
      written_span(interpolation.open_value, ranges[number], interpolation.open_variables, *document.source);
  if (!span || *span != use.span) return;
  use.open_value =
      part_of(interpolation.open_value, ranges[number], *span, interpolation.open_variables, document.arena);
  use.not_editable = scalar.place.not_editable;
}

void fill(ImageUse& use, TextRange range, const ScalarValue& scalar, Document& document) {
  const Interpolation& interpolation = scalar.interpolation;
  const auto span = written_span(interpolation.value, range, interpolation.variables, *document.source);
  use.span = span.value_or(Span{});
  use.value = part_of(interpolation.value, range, use.span, interpolation.variables, document.arena);
  open_expressions(use.value, document.arena);
  use.written =
      interpolation.variables.empty() && interpolation.value.text().data() == scalar.place.text.text().data()
          ? use.value
          : scalar.place.text.sub(decoded_range(scalar.place.text, use.span), document.arena);
  use.reference = parse(*use.role, use.value.text());
  use.not_editable = scalar.place.not_editable;
  if (use.refused) use.not_editable = "docker compose takes text only here, and it is none without quotes";
  if (use.not_editable.empty()) use.not_editable = document.arena.copy(reason_of(use, *document.source));
}

}  // namespace

std::vector<Alias> aliases_of(const Place& place, Arena& arena) {
  std::vector<Alias> aliases;
  aliases.reserve(place.aliases.size());
  for (const PlaceAlias& alias : place.aliases)
    aliases.push_back({.path = arena.copy(alias.path), .role = alias.role, .owner = alias.service});
  return aliases;
}

void add_required_variable(const ScalarValue& scalar, Document& document) {
  const TemplateFault& fault = *scalar.interpolation.fault;
  if (fault.kind != Trouble::Kind::required_variable) return;
  const auto location = scalar.place.text.cover_of(fault.range);
  document.troubles.push_back({.kind = fault.kind,
                               .span = location ? location->span : scalar.place.content,
                               .message = fault.message});
}

void add_uses(const Place& place, const Values& values, const ComposeFile& file, Document& document) {
  const ScalarValue scalar = values.read(place.scalar);
  const bool has_value = !scalar.interpolation.fault;
  const std::string_view text = has_value ? scalar.interpolation.value.text() : scalar.place.text.text();
  auto ranges = references_in(text, place.spelling);
  if (ranges.empty()) return;
  if (ranges.size() > most_references) {
    document.troubles.push_back({.span = scalar.place.content,
                                 .message = "more than 64 references in one value",
                                 .hides_references = true});
    ranges.resize(most_references);
  }
  if (!has_value) add_required_variable(scalar, document);
  const bool open = !has_value && !scalar.interpolation.open_value.empty();
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    ImageUse use = start(place, scalar, document.arena);
    use.refused = place.spelling == Spelling::whole &&
                  !other_than_text(file.view.tree(), file.view.tree()[place.scalar]).empty();
    if (has_value)
      fill(use, ranges[i], scalar, document);
    else
      fill_without_value(use, ranges[i], scalar, document);
    if (open) fill_open(use, i, ranges.size(), place, scalar, document);
    if (use.span.empty()) continue;
    use.kind = kind_of(use, scalar.interpolation.fault, file);
    // Without a name compose gives what is built one of its own.
    if (use.role == &role::built_image && has_value && use.value.empty() && use.kind == Kind::invalid)
      continue;
    document.add_use(std::move(use));
  }
}

void spread_built_names(Document& document, const BuiltNames* of_project) {
  BuiltNames own;
  std::map<OwnerIndex, std::set<std::string>> by_service;
  for (const ImageUse& use : document.uses)
    if (auto name = built_name(use)) {
      by_service[use.owner].insert(*name);
      own.insert(*std::move(name));
    }
  const BuiltNames& built = of_project ? *of_project : own;
  if (built.empty()) return;
  // What a service is built on is not what it builds, whatever its name.
  const auto is_own_base = [&](const ImageUse& use, const std::string& name) {
    const Owner* stage = document.owner(use.owner);
    const auto service = stage && stage->stage >= 0 ? by_service.find(stage->parent) : by_service.end();
    return service != by_service.end() && service->second.contains(name);
  };
  for (ImageUse& use : document.uses) {
    if (!is_pulled(*use.role) || use.kind != Kind::image || !use.active || !use.parsed()) continue;
    const std::string name = pulled_name(*use.parsed(), use.value.text());
    if (built.contains(name) && !is_own_base(use, name)) use.kind = Kind::built;
  }
}

}  // namespace imglint::compose
