#include "lsp/requests/move_images.hpp"

#include <algorithm>

#include "base/printable.hpp"
#include "lsp/uses_at.hpp"
#include "project/coupled.hpp"
#include "reference/parse.hpp"
#include "retarget/prove.hpp"
#include "retarget/retarget.hpp"

namespace imglint::lsp {
namespace {

/// More targets would only hide the other actions.
constexpr std::size_t most_targets = 4;

/// Whether the name, or a part of it, stands in a file of assignments, which a move of an image leaves alone.
bool is_named_elsewhere(const ImageUse& use) {
  const TextRange name = use.parsed()->without_suffix();
  return std::ranges::any_of(use.value.pieces(), [&](const Piece& piece) {
    return piece.variable != no_variable && piece.text.begin < name.end && name.begin < piece.text.end &&
           use.value.variables[piece.variable].source == VariableSource::env_file;
  });
}

std::optional<CanonicalReference> image_at(const View& view, const Position& position) {
  const std::uint32_t offset = view.places.map(view.source()).offset(position);
  for (const FoundUse& found : uses_written_at(view, offset))
    if (found.use->kind == Kind::image && found.use->parsed() && found.use->value.is_known() &&
        !is_named_elsewhere(*found.use))
      return canonical(*found.use->parsed(), found.use->value.text());
  return std::nullopt;
}

/// What the configuration says of moves to a target; null if nothing.
const Workspace::ConfiguredMove* configured_for(const View& view, const std::string& to) {
  const Workspace::ConfiguredMove* configured = view.workspace.configured_move();
  return configured && !to.empty() && configured->mapping.to != to ? nullptr : configured;
}

/// Without an image all that the configuration has move.
std::variant<Mapping, RunError> mapping_for(const View& view, const std::string& to,
                                            const std::optional<CanonicalReference>& image) {
  const Workspace::ConfiguredMove* configured = configured_for(view, to);
  MappingOptions options = configured ? configured->mapping : MappingOptions{.to = to};
  if (image) options.from = {image->without_suffix()};
  return Mapping::make(std::move(options));
}

std::vector<FoundFile> files_of(const View& view, MoveScope scope, const std::vector<std::string>& include) {
  if (scope == MoveScope::workspace) return view.workspace.found_with(include);
  return {{.path = view.open.path, .kind = view.document().kind, .named = true}};
}

std::string place_text(const Unresolved& unresolved) {
  if (!unresolved.place.source) return unresolved.refusal.message;
  const auto line = unresolved.place.source->position(unresolved.place.span.begin).line;
  return printable(name_of(unresolved.place.source->path())) + ":" + std::to_string(line) + ": " +
         unresolved.refusal.message;
}

/// Where images go, for people: with maps of the configuration each has a target of its own.
std::string where(const View& view, const std::string& to) {
  const Workspace::ConfiguredMove* configured = configured_for(view, to);
  const bool has_maps = configured && !configured->mapping.maps.empty();
  return to.empty() || has_maps ? "as configured" : "to " + printable(to);
}

PlannedMoves result_of(const RetargetPlan& plan, const std::string& where, Places& places) {
  std::vector<Edit> edits;
  for (const EditSet& set : plan.edits) edits.insert(edits.end(), set.edits().begin(), set.edits().end());
  PlannedMoves result{.edit = places.workspace_edit(edits), .moved = plan.moves.size()};
  result.edit.annotation = "move images " + where;
  for (const Unresolved& unresolved : plan.unresolved) result.left.push_back(place_text(unresolved));
  return result;
}

}  // namespace

std::string_view to_string(MoveScope scope) {
  switch (scope) {
    case MoveScope::image:
      return "image";
    case MoveScope::file:
      return "file";
    case MoveScope::workspace:
      return "workspace";
  }
  return "file";
}

std::optional<MoveScope> move_scope_named(std::string_view name) {
  for (const MoveScope scope : {MoveScope::image, MoveScope::file, MoveScope::workspace})
    if (to_string(scope) == name) return scope;
  return std::nullopt;
}

std::variant<PlannedMoves, std::string> plan_moves(const View& view, MoveScope scope,
                                                   std::optional<Position> position, const std::string& to) {
  std::optional<CanonicalReference> image;
  if (scope == MoveScope::image) {
    if (position) image = image_at(view, *position);
    if (!image) return "no image stands here";
  }
  auto mapping = mapping_for(view, to, image);
  if (const auto* error = std::get_if<RunError>(&mapping)) return error->error.message;
  Project project;
  LoadOptions load = view.workspace.load_options();
  load.keeps_left_out = true;
  const Workspace::ConfiguredMove* configured = configured_for(view, to);
  const std::vector<std::string> include = configured ? configured->include : std::vector<std::string>();
  load.scripts = load.scripts || std::ranges::find(include, "scripts") != include.end();
  load_project(files_of(view, scope, include), load, view.workspace.files(), project);
  Project around;
  if (scope != MoveScope::workspace && has_coupled(project))
    load_coupled(view.workspace.found(), project, load, view.workspace.files(), around);
  RetargetOptions how = configured ? configured->options : view.workspace.plain_move();
  how.outside = around.documents();
  auto planned = plan_retarget(project.documents(), std::get<Mapping>(mapping), how);
  if (const auto* error = std::get_if<RunError>(&planned)) return error->error.message;
  RetargetPlan& plan = std::get<RetargetPlan>(planned);
  prove_plan(plan, project, {.load = load, .files = view.workspace.files()});
  return result_of(plan, where(view, to), view.places);
}

namespace {

/// An empty one is where the maps of the configuration lead.
std::vector<std::string> targets_of(const View& view) {
  std::vector<std::string> targets = view.settings.move_targets;
  if (const auto* configured = view.workspace.configured_move())
    targets.insert(targets.begin(), configured->mapping.to);
  for (const MirrorEntry& mirror : view.workspace.policy(view.open.path).mirrors)
    targets.push_back(mirror.to);
  std::vector<std::string> distinct;
  for (std::string& target : targets)
    if (std::find(distinct.begin(), distinct.end(), target) == distinct.end() &&
        distinct.size() < most_targets)
      distinct.push_back(std::move(target));
  return distinct;
}

/// Whether the configuration says that the image stays, wherever others go.
bool is_excepted(const View& view, const CanonicalReference& image) {
  const auto mapping = Mapping::make({.except = view.workspace.never_moved()});
  const auto* exceptions = std::get_if<Mapping>(&mapping);
  return exceptions && exceptions->map(name_to_map(image)).reason == MappedName::Reason::excepted;
}

/// What a move of this image alone would make of its name; nothing if the target is none.
std::optional<MappedName> moved_alone(const View& view, const CanonicalReference& image,
                                      const std::string& to) {
  const auto mapping = mapping_for(view, to, image);
  const auto* rules = std::get_if<Mapping>(&mapping);
  if (!rules) return std::nullopt;
  return rules->map(name_to_map(image));
}

/// The title for one of the scopes; nothing if a move would leave the image where it is.
std::optional<std::string> title_of(const View& view, MoveScope scope,
                                    const std::optional<CanonicalReference>& image,
                                    const std::string& target) {
  if (scope == MoveScope::file) return "move the images of this file " + where(view, target);
  if (scope == MoveScope::workspace) return "move the images of the workspace " + where(view, target);
  if (!image) return std::nullopt;
  const auto mapped = moved_alone(view, *image, target);
  if (mapped && mapped->outcome == MappedName::Outcome::unchanged) return std::nullopt;
  const bool by_map = target.empty() || (mapped && mapped->entry >= 0);
  return "move " + printable(image->without_suffix()) +
         (by_map ? " as configured" : " to " + printable(target));
}

}  // namespace

std::vector<CodeAction> move_actions(const View& view, const Range& range) {
  std::vector<CodeAction> actions;
  auto image = image_at(view, range.start);
  if (image && is_excepted(view, *image)) image.reset();
  for (const std::string& target : targets_of(view))
    for (const MoveScope scope : {MoveScope::image, MoveScope::file, MoveScope::workspace}) {
      if (scope == MoveScope::workspace && view.workspace.root().empty()) continue;
      const auto title = title_of(view, scope, image, target);
      if (!title) continue;
      actions.push_back({.title = *title,
                         .kind = "refactor.rewrite.imglint",
                         .command = Command{.title = *title,
                                            .name = "imglint.move",
                                            .uri = view.open.uri,
                                            .position = range.start,
                                            .scope = std::string(to_string(scope)),
                                            .to = target}});
    }
  return actions;
}

}  // namespace imglint::lsp
