#include "kinds/place_uses.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "kinds/compose/shape.hpp"
#include "kinds/use_span.hpp"
#include "reference/parse.hpp"
#include "yaml/comments.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint {
namespace {

bool is_unset(const Variable& variable) { return variable.source == VariableSource::none; }

Variable made_from(const TextVariable& found, const MappedText& text) {
  Variable variable{.name = found.name, .source = found.value ? found.source : VariableSource::none};
  if (const auto written = text.cover_of(found.range)) variable.written = *written;
  if (found.value)
    if (const auto place = found.value->place()) variable.place = *place;
  return variable;
}

/// The bytes of a file that a value without variables, or with them, is written with.
Span span_of(const MappedText& value, const std::vector<Variable>& variables, const Source& source,
             Span otherwise) {
  const TextRange all{0, static_cast<std::uint32_t>(value.text().size())};
  return written_span(value, all, variables, source).value_or(otherwise);
}

/// The reference in a text: behind the prefix. Nothing if the prefix must be there and is not.
std::optional<MappedText> behind_prefix(const MappedText& text, const FoundPlace& place, Arena& arena) {
  const std::string_view prefix = place.role->prefix;
  if (!prefix.empty() && text.text().starts_with(prefix))
    return text.sub(
        {static_cast<std::uint32_t>(prefix.size()), static_cast<std::uint32_t>(text.text().size())}, arena);
  if (place.needs_prefix) return std::nullopt;
  return text;
}

}  // namespace

bool accepts(const ImageUse& use) {
  switch (use.role->certainty) {
    case Certainty::exact:
      return true;
    case Certainty::shape:
      return use.kind != Kind::invalid;
    case Certainty::probable:
      break;
  }
  const Reference* reference = use.parsed();
  return reference && use.kind != Kind::invalid && use.kind != Kind::unresolved &&
         (reference->tag || reference->digest || reference->registry);
}

void expand_into(ImageUse& use, const MappedText& text, const std::vector<TextVariable>& variables,
                 const Source& source, Arena& arena) {
  use.written = text;
  if (variables.empty()) {
    use.value.set(text);
    use.span = span_of(text, {}, source, use.span);
    return;
  }
  MappedTextBuilder builder;
  Value value;
  std::uint32_t done = 0;
  for (const TextVariable& found : variables) {
    builder.append(text, TextRange{done, found.range.begin});
    const auto index = static_cast<VariableIndex>(value.variables.size());
    if (found.value)
      builder.append(*found.value, index);
    else
      builder.outside({}, index);
    value.variables.push_back(made_from(found, text));
    done = found.range.end;
  }
  builder.append(text, TextRange{done, static_cast<std::uint32_t>(text.text().size())});
  value.set(builder.finish(arena));
  if (const auto cover = text.place()) use.span = cover->span;
  const auto unknown = std::ranges::find_if(value.variables, is_unset);
  if (unknown == value.variables.end()) {
    use.value = std::move(value);
    return;
  }
  use.value.variables = value.variables;
  use.value.fault = arena.copy(
      "'" +
      std::string(text.text(variables[static_cast<std::size_t>(unknown - value.variables.begin())].range)) +
      "' has no value that a file says");
  use.error_kind = UseError::expansion_failed;
  use.open_value = std::move(value);
}

void set_meaning(ImageUse& use) {
  if (!use.value.is_known()) {
    use.kind = Kind::unresolved;
    return;
  }
  use.reference = parse_reference(use.value.text());
  use.kind = !use.parsed()                            ? Kind::invalid
             : use.role->function == Function::output ? Kind::built
                                                      : Kind::image;
}

PlaceUse start_use(const FoundPlace& place, const yaml::Node& node, Document& document) {
  PlaceUse result{.use = {}, .scalar = yaml::locate(*document.source, node, document.arena)};
  ImageUse& use = result.use;
  use.role = place.role;
  use.style = result.scalar.style;
  use.span = result.scalar.content;
  use.not_editable = result.scalar.not_editable;
  use.path = document.arena.copy(place.path);
  for (const std::string& path : place.uses)
    use.aliases.push_back({.path = document.arena.copy(path), .role = place.role});
  return result;
}

void add_place_use(const FoundPlace& place, const yaml::Tree& tree, const FindVariables& find_variables,
                   std::uint32_t part, Document& document) {
  if (!compose::other_by_core_schema(tree, tree[place.scalar]).empty()) return;
  PlaceUse started = start_use(place, tree[place.scalar], document);
  const auto text = behind_prefix(started.scalar.text, place, document.arena);
  if (!text || text->empty()) return;
  ImageUse& use = started.use;
  use.part = part;
  expand_into(use, *text, find_variables ? find_variables(text->text(), place) : std::vector<TextVariable>(),
              *document.source, document.arena);
  set_meaning(use);
  if (accepts(use)) document.add_use(std::move(use));
}

void add_split_use(const SplitRow& row, compose::View& view, compose::Position map, std::string_view path,
                   Locate locate, Document& document) {
  ImageUse use;
  MappedTextBuilder builder;
  const auto place_of = [&](std::string_view key) -> yaml::ScalarPlace {
    const compose::Position at = key.empty() ? compose::Position{} : view.find(map, key);
    if (!view.is(at, yaml::NodeKind::scalar)) return {};
    return locate(*document.source, view[at], document.arena);
  };
  const auto add = [&](PartName name, const yaml::ScalarPlace& place) {
    builder.append(place.text);
    use.parts.push_back({.name = name,
                         .span = place.content,
                         .text = place.text,
                         .style = place.style,
                         .not_editable = place.not_editable});
  };
  const yaml::ScalarPlace repository = place_of(row.repository);
  if (repository.text.empty()) return;
  if (const yaml::ScalarPlace registry = place_of(row.registry); !registry.text.empty()) {
    add(PartName::registry, registry);
    builder.outside("/", no_variable);
  }
  add(PartName::repository, repository);
  if (const yaml::ScalarPlace tag = place_of(row.tag); !tag.text.empty()) {
    builder.outside(":", no_variable);
    add(PartName::tag, tag);
  }
  use.role = row.role;
  use.style = repository.style;
  use.span = repository.content;
  use.not_editable = repository.not_editable;
  use.path = document.arena.copy(path);
  use.written = builder.finish(document.arena);
  use.value.set(use.written);
  set_meaning(use);
  if (accepts(use)) document.add_use(std::move(use));
}

std::unique_ptr<Document> read_by_table(const Source& source, const ReadOptions& options,
                                        const TableReading& reading) {
  auto document = std::make_unique<Document>(source, *reading.kind);
  const yaml::Parsed parsed = yaml::parse(source, options.max_bytes, document->arena);
  if (parsed.trouble) {
    document->troubles.push_back(*parsed.trouble);
    return document;
  }
  const yaml::Tree& tree = parsed.tree;
  document->troubles = yaml::refusals(source, tree);
  if (!document->troubles.empty()) return document;
  compose::View view(tree);
  PlaceCollector found(tree);
  std::set<std::pair<const SplitRow*, yaml::NodeIndex>> seen;
  for (std::size_t index = 0; index < tree.documents.size(); ++index) {
    const compose::Position top = view.top(index);
    if (reading.is_member && !reading.is_member(view, top)) continue;
    walk_places(view, top, reading.kind->places, {}, found);
    for (const SplitRow& row : reading.splits)
      for_each_match(view, top, row.path, {}, [&](compose::Position at, const compose::Path& path) {
        if (seen.emplace(&row, at.node).second)
          add_split_use(row, view, at, path.text(), yaml::locate, *document);
      });
  }
  for (const FoundPlace& place : std::move(found).finish())
    add_place_use(place, tree, reading.find_variables, 0, *document);
  std::ranges::stable_sort(document->uses, {}, &ImageUse::span);
  document->comments = yaml::linter_comments(source, tree);
  return document;
}

}  // namespace imglint
