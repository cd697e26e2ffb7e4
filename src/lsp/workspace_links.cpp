// Which files of a workspace are read together with which others.
#include <set>

#include "base/path.hpp"
#include "lsp/workspace.hpp"
#include "project/builds.hpp"
#include "project/compose/projects.hpp"
#include "source/inside.hpp"

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

/// A path without symbolic links as the client has it, which may have got to the folder through one.
std::string Workspace::named_here(const std::string& path) const {
  if (root_.empty() || holds(path)) return path;
  const auto resolved = files_->resolve(root_);
  if (!resolved || *resolved == "/" || !is_inside(path, *resolved)) return path;
  return root_ + path.substr(resolved->size());
}

std::set<std::string> Workspace::guides_of(const ProjectFile& file) const {
  std::set<std::string> guides;
  for (const std::string& path : file.read_with) guides.insert(named_here(path));
  return guides;
}

/// What is read through symbolic links is another when one of them is, or what they lead to, there or not.
void Workspace::add_ways(const AskedNames& asked, LinkWays& ways, std::set<std::string>& links,
                         std::set<std::string>& guides) const {
  const auto add = [&](const std::string& path) {
    const LinkWays::Way& way = ways.to(path);
    for (const std::string& link : way.links) guides.insert(named_here(link));
    if (!way.end.empty()) links.insert(named_here(way.end));
  };
  for (const std::string& path : std::vector<std::string>(links.begin(), links.end())) {
    add(path);
    for (auto [name, end] = asked.equal_range(path); name != end; ++name) {
      guides.insert(name->second);
      add(name->second);
    }
  }
}

/// True if a file of the group is read together with others than before.
bool Workspace::note_links(Group& group) {
  bool changed = false;
  LinkWays ways(*files_, root_);
  AskedNames asked;
  if (group.project->compose)
    for (auto& [name, real] : group.project->compose->sources().names_behind_links())
      asked.emplace(std::move(real), std::move(name));
  for (const ProjectFile& file : group.project->files) {
    const auto known = known_.find(file.source->path());
    if (known == known_.end()) continue;  // it lies outside of the folder
    std::set<std::string> links = links_of(file, *group.project);
    std::set<std::string> guides = guides_of(file);
    add_ways(asked, ways, links, guides);
    const bool are_others = known->second.links != links;
    if (!are_others && known->second.guides == guides) continue;
    known->second.links = std::move(links);
    known->second.guides = std::move(guides);
    ++links_generation_;
    readers_.reset();
    changed = changed || are_others;
  }
  return changed;
}

void Workspace::add_linked(std::set<std::string>& paths) const {
  for (const auto& [path, known] : known_) {
    paths.insert(known.links.begin(), known.links.end());
    paths.insert(known.guides.begin(), known.guides.end());
  }
}

}  // namespace imglint::lsp
