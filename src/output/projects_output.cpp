#include "output/projects_output.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "output/json_text.hpp"
#include "project/compose/projects.hpp"
#include "yaml/scalar.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;
using assembly::AssembledBuild;
using assembly::AssembledService;
using assembly::ComposeProject;
using assembly::Item;

/// The bytes that supply a value.
Location place_of_item(const Item& item) {
  if (!item.reading) return {};
  const Source& source = *item.reading->file->source;
  return {&source, yaml::locate_token(source, item.reading->view.tree()[item.node]).content};
}

Json value_with_place(const Item* item) {
  if (!item || item->text.empty()) return nullptr;
  Json value{{"value", item->text}};
  const Location place = place_of_item(*item);
  if (!place.source) return value;
  const Position start = place.source->position(place.span.begin);
  value["file"] = place.source->path();
  value["line"] = start.line;
  value["column"] = start.column;
  value["start"] = place.span.begin;
  value["end"] = place.span.end;
  return value;
}

Json object(const AssembledBuild& build) {
  Json item{{"context", build.context},
            {"dockerfile", build.dockerfile.empty() ? Json(nullptr) : Json(build.dockerfile)}};
  item["inline"] = build.inlined != nullptr;
  item["target"] = value_with_place(build.target);
  item["args"] = Json::object();
  for (const AssembledBuild::Argument& argument : build.args)
    item["args"][std::string(argument.name)] =
        argument.has_value ? Json(argument.value.text()) : Json(nullptr);
  item["contexts"] = Json::object();
  for (const auto& [name, value] : build.contexts) item["contexts"][std::string(name)] = value;
  return item;
}

Json object(const AssembledService& service) {
  Json item{{"name", service.name}, {"enabled", service.enabled}, {"image", value_with_place(service.image)}};
  item["pull_policy"] = service.pull_policy.empty() ? Json(nullptr) : Json(service.pull_policy);
  item["profiles"] = service.profiles;
  item["build"] = service.build ? object(*service.build) : Json(nullptr);
  item["output"] = service.output.empty() ? Json(nullptr) : Json(service.output);
  return item;
}

/// What is read beside the main files.
std::vector<std::string> others(const ComposeProject& project) {
  std::vector<std::string> paths = project.read;
  std::erase_if(paths, [&](const std::string& path) {
    return std::any_of(project.files.begin(), project.files.end(),
                       [&](const std::string& file) { return normal_path(file) == path; });
  });
  return paths;
}

Json object(const ComposeProject& project, bool refused) {
  Json item{{"name", project.name},    {"folder", project.folder},      {"files", project.files},
            {"read", others(project)}, {"profiles", project.profiles},  {"remotes", project.remotes},
            {"refused", refused},      {"judged", !project.is_too_much}};
  item["services"] = Json::array();
  for (const AssembledService& service : project.services) item["services"].push_back(object(service));
  return item;
}

std::string shown(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : ", ") + printable(word);
  return line;
}

void append_line(const AssembledService& service, std::string& out) {
  out += "  " + printable(service.name) + ": ";
  if (service.build) {
    const AssembledBuild& build = *service.build;
    out += "builds " + printable(service.output) + " from " +
           (build.inlined              ? std::string("a Dockerfile in the compose file")
            : build.dockerfile.empty() ? printable(build.context)
                                       : printable(build.dockerfile));
  } else {
    out += service.image ? printable(service.image->text) : std::string("no image");
  }
  if (service.image)
    if (const Location place = place_of_item(*service.image); place.source) {
      const Position start = place.source->position(place.span.begin);
      out += " (" + printable(place.source->path()) + ':' + std::to_string(start.line) + ':' +
             std::to_string(start.column) + ')';
    }
  if (!service.enabled) out += ", not started: its profile is off";
  out += '\n';
}

void append(const ComposeProject& project, bool refused, std::string& out) {
  out += (project.name.empty() ? "(no name)" : printable(project.name)) + ": " + shown(project.files);
  if (refused)
    out += " (refused by docker compose)";
  else if (project.is_too_much)
    out += " (not judged as a whole)";
  out += '\n';
  if (const auto more = others(project); !more.empty()) out += "  reads " + shown(more) + '\n';
  if (!project.profiles.empty()) out += "  profiles " + shown(project.profiles) + '\n';
  if (!project.remotes.empty()) out += "  does not fetch " + shown(project.remotes) + '\n';
  for (const AssembledService& service : project.services) append_line(service, out);
}

/// Projects with a template in one of their files that docker compose cannot fill in, wherever it stands.
std::set<const ProjectIdentity*> with_faulty_templates(const Project& project) {
  const auto is_fault = [](const Trouble& trouble) {
    return trouble.kind == Trouble::Kind::template_ || trouble.kind == Trouble::Kind::required_variable;
  };
  std::set<const ProjectIdentity*> found;
  for (const Document* document : project.documents())
    if (document->project && std::ranges::any_of(document->troubles, is_fault))
      found.insert(document->project);
  return found;
}

}  // namespace

std::string list_projects(ListFormat format, const Project& project) {
  const std::set<const ProjectIdentity*> faulty = with_faulty_templates(project);
  std::string out;
  Json all = Json::array();
  if (project.compose)
    for (const assembly::RunProject& each : project.compose->projects()) {
      const bool refused = each.project->refused || faulty.contains(each.project.get());
      if (format == ListFormat::text) append(*each.project, refused, out);
      if (format == ListFormat::jsonl) out += json_text(object(*each.project, refused)) + '\n';
      if (format == ListFormat::json) all.push_back(object(*each.project, refused));
    }
  if (format == ListFormat::json) out = json_text({{"version", 1}, {"projects", std::move(all)}}, 2) + '\n';
  return out;
}

}  // namespace imglint
