// What an assembled project has: its services and their builds, and which scalars of which file it took.
#include <algorithm>
#include <span>
#include <unordered_set>

#include "base/path.hpp"
#include "expansion/given_place.hpp"
#include "kinds/compose/printed.hpp"
#include "project/compose/addresses.hpp"
#include "project/compose/assembler.hpp"

namespace imglint::assembly {
namespace {

std::vector<std::string> words_at_commas(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view word = text.substr(0, comma);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!word.empty()) words.emplace_back(word);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return words;
}

bool is_on(const AssembledService& service, const std::vector<std::string>& profiles) {
  return service.profiles.empty() ||
         std::any_of(profiles.begin(), profiles.end(), [&](const std::string& profile) {
           return profile == "*" || std::find(service.profiles.begin(), service.profiles.end(), profile) !=
                                        service.profiles.end();
         });
}

/// A set. What is not known may be a profile that is on.
void take_profiles(const Item& list, AssembledService& service) {
  std::unordered_set<std::string_view> known;
  for (const Item* profile : list.items) {
    const std::string_view name = text_of(profile);
    service.may_be_enabled = service.may_be_enabled || !profile->is_known;
    if (known.insert(name).second) service.profiles.push_back(name);
  }
}

/// What stands behind `NAME=` in a list, or all of a value. An empty one keeps its place.
AssembledBuild::Argument written_argument(std::string_view name, const Item& item) {
  AssembledBuild::Argument argument{.name = name, .value = {item.text, {}}};
  if (!item.reading) return argument;
  const Reading::Made made = item.reading->made(item.node);
  argument.value = made.text;
  argument.variables = made.variables;
  argument.has_value = !made.too_long;
  if (item.key != item.node) {
    const compose::Tree& tree = item.reading->view.tree();
    argument.value = compose::as_printed(made.text, tree, tree[item.node], item.reading->arena);
    return argument;
  }
  const auto size = static_cast<std::uint32_t>(made.text.text().size());
  const auto begin = std::min(static_cast<std::uint32_t>(made.text.text().find('=')) + 1, size);
  argument.value = made.text.sub({begin, size}, item.reading->arena);
  const auto place = argument.value.pieces().empty() ? made.text.source_of({begin, begin}) : std::nullopt;
  if (!place) return argument;
  const Piece piece{.source = place->source, .span = place->span};
  argument.value = {{}, item.reading->arena.copy(std::span<const Piece>(&piece, 1))};
  return argument;
}

/// What the environment gives to a bare name.
AssembledBuild::Argument given_argument(std::string_view name, const TemplateValues::Value& given,
                                        Arena& arena) {
  MappedTextBuilder builder;
  if (given.text.pieces().empty()) builder.outside(given.text.text(), 0);
  for (const Piece& piece : given.text.pieces()) {
    if (piece.source && piece.exact)
      builder.copy(piece.source, piece.span, given.text.text(piece.text), 0);
    else
      builder.replace(piece.source, piece.span, given.text.text(piece.text), 0);
  }
  const Variable variable{.name = name, .source = given.source, .place = place_of_given(given.text)};
  return {.name = name,
          .value = builder.finish(arena),
          .variables = arena.copy(std::span<const Variable>(&variable, 1))};
}

/// A path from the folder in which the run is; what is none as it is written.
std::string_view context_of(const Item& item, Arena& arena) {
  const std::string_view text = text_of(&item);
  return text.empty() || !item.is_known || is_remote_context(text) ? text
                                                                   : arena.copy(joined(item.folder, text));
}

}  // namespace

void Assembler::collect(Item* model) {
  if (project_.profiles.empty()) project_.profiles = words_at_commas(value_of("COMPOSE_PROFILES"));
  const Item* services = find(model, "services");
  if (!is(services, ItemKind::map)) return;
  project_.services.reserve(services->entries.size());
  for (const auto& [name, item] : services->entries) {
    if (!is(item, ItemKind::map)) continue;
    AssembledService service{.name = name, .item = item};
    if (const Item* image = find(item, "image"); !text_of(image).empty()) service.image = image;
    service.pull_policy = text_of(find(item, "pull_policy"));
    if (service.pull_policy == "if_not_present") service.pull_policy = "missing";
    if (const Item* profiles = find(item, "profiles");
        is(profiles, ItemKind::sequence) && may_inherit(profiles, item))
      take_profiles(*profiles, service);
    service.enabled = is_on(service, project_.profiles);
    service.may_be_enabled = service.enabled || service.may_be_enabled;
    if (const Item* build = find(item, "build"); is(build, ItemKind::map)) collect_build(build, service);
    if (const Item* image = find(item, "image"); service.build && !service.image && image && image->reading)
      image->reading->harmless.insert(place_of(*image).begin);
    if (service.build)
      service.output =
          service.image ? std::string(text_of(service.image)) : project_.name + '-' + std::string(name);
    project_.numbers.emplace(name, static_cast<std::uint32_t>(project_.services.size()));
    project_.services.push_back(std::move(service));
  }
}

bool Assembler::may_inherit(const Item* entries, const Item* service) {
  if (collected_.insert(entries).second) return true;
  return inherited_.spend(entries->entries.size() + entries->items.size(), [&] {
    complain(service,
             "cannot judge: services inherit more than " + std::to_string(most_inherited) + " keys and items",
             Trouble::Kind::unjudged);
  });
}

void Assembler::collect_build(const Item* item, AssembledService& service) {
  AssembledBuild& build = *(service.build = std::make_unique<AssembledBuild>());
  const Item* context = find(item, "context");
  const std::string_view written = text_of(context).empty() ? "." : text_of(context);
  build.is_remote = is_remote_context(written);
  build.context = build.is_remote || !context ? std::string(written) : joined(context->folder, written);
  build.dockerfile_item = find(item, "dockerfile");
  build.inlined = find(item, "dockerfile_inline");
  if (text_of(build.inlined).empty()) build.inlined = nullptr;
  build.target = find(item, "target");
  const std::string_view dockerfile = text_of(build.dockerfile_item);
  const bool is_placed =
      (!context || context->is_known) && (!build.dockerfile_item || build.dockerfile_item->is_known);
  if (!build.is_remote && !build.inlined && is_placed)
    build.dockerfile = sources_.real_name(
        joined(build.context, dockerfile.empty() ? "Dockerfile" : dockerfile), project_.folder);
  if (const Item* args = find(item, "args"); is(args, ItemKind::map) && may_inherit(args, service.item)) {
    for (const auto& [name, value] : args->entries) {
      // What amounts to too much is not known, which is another thing than nothing.
      if (is(value, ItemKind::scalar) && value->reading) value->reading->tell_if_too_long(value->node);
      const bool has_value = is(value, ItemKind::scalar) && value->has_value;
      const auto* given = has_value ? nullptr : project_.scope->values.find(name);
      if (has_value)
        build.args.push_back(written_argument(name, *value));
      else if (given && !given->too_long)
        build.args.push_back(given_argument(name, *given, project_.arena));
      else
        build.args.push_back({.name = name, .has_value = false, .value = {}});
    }
  }
  if (const Item* tags = find(item, "tags"); is(tags, ItemKind::sequence) && may_inherit(tags, service.item))
    for (const Item* tag : tags->items) build.tags.push_back(text_of(tag));
  if (const Item* contexts = find(item, "additional_contexts");
      is(contexts, ItemKind::map) && may_inherit(contexts, service.item))
    for (const auto& [name, value] : contexts->entries)
      build.contexts.emplace_back(name, context_of(*value, project_.arena));
}

void Assembler::mark_effective(const Item* model) {
  for (std::uint32_t number = 0; number < project_.services.size(); ++number)
    mark(project_.services[number].item, number);
  if (const Item* models = find(model, "models")) mark(models, no_service);
  for (Reading& reading : project_.readings) reading.effective.sort();
}

void Assembler::mark(const Item* item, std::uint32_t service) {
  if (!marked_.spend(1, [&] { cannot_judge(item, "services inherit too much"); })) return;
  if (item->kind == ItemKind::scalar && item->reading) item->reading->effective.add(item->node, service);
  for (const auto& entry : item->entries) mark(entry.second, service);
  for (const Item* each : item->items) mark(each, service);
}

}  // namespace imglint::assembly
