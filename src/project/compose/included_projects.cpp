// A file that a project includes or extends makes no project of its own, if it stands in its folder or below.
// That one of a folder below or beside does so takes nothing from it.
#include <algorithm>
#include <unordered_set>

#include "base/path.hpp"
#include "project/compose/projects.hpp"
#include "source/inside.hpp"

namespace imglint::assembly {

/// What the project of a folder reads beside its own files. Projects that are asked later may be made of it.
void ComposeProjects::note_reading(const RunProject& made) {
  const ComposeProject& project = *made.project;
  if (made.part_of || project.read.size() <= project.files.size()) return;
  for (const std::string& path : project.read)
    if (std::ranges::find(project.files, path) == project.files.end()) including_[path].push_back(&made);
}

/// A project of a folder around that reads the main file of this one, though its own is another.
const ComposeProject* ComposeProjects::reader_around(const RunProject& made) {
  if (including_.empty()) return nullptr;
  const std::string main = sources_.known_name(made.project->files.front());
  const auto readers = including_.find(main);
  if (readers == including_.end()) return nullptr;
  const auto is_around = [&](const RunProject* other) {
    return sources_.known_name(other->project->files.front()) != main &&
           is_inside(sources_.resolved(made.folder), sources_.resolved(other->folder));
  };
  const auto found = std::ranges::find_if(readers->second, is_around);
  return found == readers->second.end() ? nullptr : (*found)->project.get();
}

void ComposeProjects::drop_included(const ProjectOptions& options) {
  std::vector<bool> dropped = included_ones();
  while (put_orphans_together(dropped, options)) dropped = included_ones();
  std::size_t index = 0;
  std::erase_if(projects_, [&](const RunProject&) { return dropped[index++]; });
}

/// Puts those together that were left to a project which is none of its own either. False if there are none.
bool ComposeProjects::put_orphans_together(const std::vector<bool>& dropped, const ProjectOptions& options) {
  std::unordered_set<const ComposeProject*> gone;
  for (std::size_t i = 0; i < projects_.size(); ++i)
    if (dropped[i]) gone.insert(projects_[i].project.get());
  bool any = false;
  for (RunProject& each : projects_) {
    if (!each.part_of || !gone.contains(each.part_of)) continue;
    const auto request = std::move(each.request);
    put_one_together(*request, options, each);
    if (shares_too_much(*each.project)) spent_ = read_;
    any = true;
  }
  return any;
}

/// By project.
std::vector<bool> ComposeProjects::included_ones() {
  std::vector<std::string> mains;
  std::unordered_map<std::string_view, std::vector<std::size_t>> readers;  // projects, by what they read
  for (const RunProject& each : projects_) mains.push_back(sources_.known_name(each.project->files.front()));
  for (std::size_t i = 0; i < projects_.size(); ++i) {
    const auto add = [&](std::string_view path) {
      std::vector<std::size_t>& all = readers[path];
      if (all.empty() || all.back() != i) all.push_back(i);
    };
    if (projects_[i].part_of) continue;
    add(mains[i]);
    for (const std::string& path : projects_[i].project->read) add(path);
  }
  const auto reads = [&](std::size_t project, std::string_view path) {
    const std::vector<std::size_t>& all = readers[path];
    return std::binary_search(all.begin(), all.end(), project);
  };
  const auto is_below = [&](std::size_t project, std::size_t other) {
    return is_inside(sources_.resolved(projects_[project].folder),
                     sources_.resolved(projects_[other].folder));
  };
  std::vector<bool> dropped(projects_.size(), false);
  for (std::size_t i = 0; i < projects_.size(); ++i) dropped[i] = projects_[i].part_of != nullptr;
  for (std::size_t i = 0; i < projects_.size(); ++i)
    for (const std::size_t j : readers[mains[i]]) {
      if (dropped[i]) break;
      if (i == j || dropped[j]) continue;
      if (mains[j] == mains[i])
        dropped[i] = j < i && projects_[j].project->files == projects_[i].project->files;
      else
        dropped[i] = is_below(i, j) && (j < i || !reads(i, mains[j]));
    }
  return dropped;
}

}  // namespace imglint::assembly
