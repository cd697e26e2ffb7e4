// Which files of a workspace are read together with which others.
#include <set>

#include "base/path.hpp"
#include "lsp/workspace.hpp"
#include "project/builds.hpp"
#include "project/compose/projects.hpp"

namespace imglint::lsp {

void Workspace::add_environment_links(const std::string& path, std::set<std::string>& links) {
  const std::vector<std::string> named = env_files();
  if (named.empty()) links.insert(join_path(folder_of(path), ".env"));
  links.insert(named.begin(), named.end());
}

namespace {

void add_files_of(const assembly::ComposeProject& project, std::set<std::string>& links) {
  links.insert(project.read.begin(), project.read.end());
  for (const std::string& path : project.missing) links.insert(normal_path(path));
}

}  // namespace

/// However it is read: what one of several projects makes of it counts, too.
std::set<std::string> Workspace::links_of(const ProjectFile& file, const Project& project) {
  const std::string& path = file.source->path();
  std::set<std::string> links(file.includes.begin(), file.includes.end());
  const bool reads_env_files = file.document->kind->reads_env_files;
  if (reads_env_files) add_environment_links(path, links);
  for (const Document* reading : all_readings(file))
    for (const Build& build : reading->builds)
      if (std::string built = dockerfile_of(*reading, build); !built.empty()) links.insert(std::move(built));
  if (!project.compose) return links;
  if (const auto* readings = project.compose->readings_of(path))
    for (const auto& reading : *readings) add_files_of(*reading.project->project, links);
  if (!reads_env_files) return links;
  // A project of which no file is there is waited for by those of its folder.
  for (const assembly::RunProject& each : project.compose->projects())
    if (each.project->readings.empty() && normal_path(each.folder) == folder_of(path))
      add_files_of(*each.project, links);
  return links;
}

/// True if a file of the group is read together with others than before.
bool Workspace::note_links(Group& group) {
  bool changed = false;
  for (const ProjectFile& file : group.project->files) {
    const auto known = known_.find(file.source->path());
    if (known == known_.end()) continue;  // it lies outside of the folder
    std::set<std::string> links = links_of(file, *group.project);
    if (known->second.links == links) continue;
    known->second.links = std::move(links);
    changed = true;
  }
  if (changed) {
    ++links_generation_;
    readers_.reset();
  }
  return changed;
}

void Workspace::add_linked(std::set<std::string>& paths) const {
  for (const auto& [path, known] : known_) paths.insert(known.links.begin(), known.links.end());
}

}  // namespace imglint::lsp
