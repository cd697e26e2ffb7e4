// Files that others bring into a workspace, by including them say, whatever their names.
#include <algorithm>
#include <set>

#include "kinds/index.hpp"
#include "lsp/workspace.hpp"

namespace imglint::lsp {

const KindInfo* Workspace::brought_kind(std::string_view path) const {
  const auto known = known_.find(path);
  return known == known_.end() ? nullptr : known->second.brought;
}

/// Whether it is a file of the run whoever brings it. What is open and new is one by its name.
bool Workspace::is_by_itself(const std::string& path, const Known& known) {
  if (known.walked || !known.open) return known.walked;
  return walked_kind(path, run_values().include) || policies_->choice_for(path).kind;
}

/// Without those that are in the run because others bring them, which then bring them anew.
std::vector<FoundFile> Workspace::files_of(const std::vector<FoundFile>& members) {
  std::vector<FoundFile> files;
  for (const FoundFile& file : members) {
    const auto known = known_.find(file.path);
    if (known == known_.end() || !known->second.brought || is_by_itself(file.path, known->second))
      files.push_back(file);
  }
  return files;
}

/// Whether a group of such members is still what was loaded, if anything was.
bool Workspace::is_up_to_date(const Group& group, const std::vector<FoundFile>& members) {
  const auto is_same = [](const FoundFile& a, const FoundFile& b) {
    return a.path == b.path && a.kind == b.kind;
  };
  if (!std::ranges::equal(members, group.files, is_same)) return false;
  return !group.project || std::ranges::equal(files_of(members), group.loaded, is_same);
}

/// Files that are in the run because others of it name them, and those that are no longer.
void Workspace::note_brought(const Group& group) {
  std::set<std::string_view> members;
  for (const FoundFile& file : group.files) members.insert(file.path);
  std::set<std::string_view> read;
  for (const ProjectFile& file : group.project->files) {
    const std::string& path = file.source->path();
    read.insert(path);
    if (holds(path)) note_brought_file(file, members.contains(path));
  }
  for (const FoundFile& file : group.files) {
    const auto known = known_.find(file.path);
    if (known == known_.end() || !known->second.brought || read.contains(file.path)) continue;
    known->second.brought = nullptr;
    grouped_ = false;
  }
}

void Workspace::note_brought_file(const ProjectFile& file, bool is_member) {
  const std::string& path = file.source->path();
  const KindInfo* kind = file.document->kind;
  if (is_member && !known_.contains(path)) return;
  const auto [entry, is_new] = known_.try_emplace(path);
  Known& known = entry->second;
  if (is_new) known.found = {.path = path, .kind = kind};
  if (!is_member) grouped_ = false;
  if (is_by_itself(path, known)) {
    if (kind == known.found.kind)
      known.brought = nullptr;
    else if (!is_member)
      known.brought = kind;
  } else if (!is_member || known.brought) {
    known.brought = known.found.kind = kind;
  }
}

std::vector<FoundFile> Workspace::found_with(const std::vector<std::string>& include) {
  std::map<std::string, FoundFile> all;
  const std::vector<std::string>& known = run_values().include;
  const auto is_read = [&](const std::string& word) { return std::ranges::find(known, word) != known.end(); };
  if (!root_.empty() && !std::ranges::all_of(include, is_read)) {
    const std::vector<std::string> roots{root_};
    files_->forget_folders();
    for (FoundFile& file :
         discover(*files_, roots, {.choose = policies_->chooser(), .include = include}).files)
      all.emplace(file.path, std::move(file));
  }
  for (const auto& [path, file] : known_)
    if (file.walked || file.brought || !is_left_out(path)) all.insert_or_assign(path, file.found);
  std::vector<FoundFile> files;
  for (auto& [path, file] : all) files.push_back(std::move(file));
  return files;
}

}  // namespace imglint::lsp
