#include "lsp/project_places.hpp"

#include <algorithm>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "project/compose/assembler.hpp"

namespace imglint::lsp {
namespace {

using assembly::ComposeProjects;
using assembly::RunProject;

const std::vector<ComposeProjects::FileReading>* readings_of(const View& view) {
  const ComposeProjects* projects = view.workspace.projects_of(view.source().path());
  return projects ? projects->readings_of(view.source().path()) : nullptr;
}

void add_once(const Location& place, std::vector<Location>& places) {
  if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
}

const assembly::AssembledService* find_service(const RunProject& project, std::string_view name) {
  const auto number = project.project->numbers.find(name);
  return number == project.project->numbers.end() ? nullptr : &project.project->services[number->second];
}

}  // namespace

const ComposeProjects::FileReading* reading_of(const View& view, const Document& document) {
  const auto* readings = readings_of(view);
  if (!readings || readings->size() != view.file.variants.size() + 1) return nullptr;
  if (&document == view.file.document.get()) return &readings->front();
  for (std::size_t i = 0; i < view.file.variants.size(); ++i)
    if (&document == view.file.variants[i].get()) return &(*readings)[i + 1];
  return nullptr;
}

std::vector<ServiceInProject> services_named_at(const View& view, std::uint32_t offset) {
  std::vector<ServiceInProject> found;
  const auto* readings = readings_of(view);
  if (!readings) return found;
  const auto& owners = view.document().owners;
  const auto owner = std::find_if(owners.begin(), owners.end(), [&](const Owner& each) {
    return each.label == "service" && each.name_span.touches(offset);
  });
  if (owner == owners.end()) return found;
  for (const auto& reading : *readings) {
    // A service that is only extended is none of the project.
    if (reading.reading->is_base) continue;
    const auto* service = find_service(*reading.project, owner->name);
    const bool is_known =
        std::any_of(found.begin(), found.end(), [&](const auto& each) { return each.service == service; });
    if (service && !is_known) found.push_back({reading.project, service});
  }
  return found;
}

ServiceInProject service_of(const View& view, const Document& document, const ImageUse& use) {
  const auto* reading = reading_of(view, document);
  const Owner* owner = document.owner(use.owner);
  if (!reading || !owner || reading->reading->is_base) return {};
  return {reading->project, find_service(*reading->project, owner->name)};
}

std::vector<Location> pointed_to(const View& view, std::uint32_t offset) {
  std::vector<Location> places;
  const auto* readings = readings_of(view);
  if (!readings) return places;
  for (const auto& reading : *readings)
    for (const assembly::Pointer& pointer : reading.project->project->pointers) {
      const Location from = place_of(pointer.from);
      if (from.source != &view.source() || !from.span.touches(offset)) continue;
      const Location to = place_of(pointer.service);
      add_once(to.source ? to : Location{pointer.file->source, {}}, places);
    }
  return places;
}

Location place_of(const assembly::Item* item) {
  if (!item || !item->reading) return {};
  return {item->reading->file->source, assembly::place_of(*item)};
}

std::string path_from(const View& view, const std::string& path) {
  std::string_view folder = folder_of(view.source().path());
  std::string up;
  while (folder.size() > 1) {
    const bool is_below =
        path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
    if (is_below) return printable(up + path.substr(folder.size() + 1));
    up += "../";
    folder = folder_of(folder);
  }
  return printable(path);
}

std::string words_for(const Location& place, const View& view) {
  if (!place.source) return {};
  std::string line = "line " + std::to_string(place.source->position(place.span.begin).line);
  if (place.source == &view.source()) return line;
  return path_from(view, place.source->path()) + " " + line;
}

}  // namespace imglint::lsp
