// Files that others bring into a workspace, by including them say, whatever their names.
#include <algorithm>
#include <set>

#include "lsp/workspace.hpp"
#include "project/include_paths.hpp"

namespace imglint::lsp {

const KindInfo* Workspace::brought_kind(std::string_view path) const {
  const auto known = known_.find(path);
  return known == known_.end() ? nullptr : known->second.brought;
}

/// A file that is new may be one that others wait for.
void Workspace::touch_includers_of(const std::string& path) {
  std::vector<std::string> includers;
  for_each([&](const ProjectFile& file) {
    if (std::ranges::any_of(file.document->includes, [&](std::string_view include) {
          return is_included_by(path, include, file.source->path());
        }))
      includers.push_back(file.source->path());
  });
  for (const std::string& includer : includers) touch(includer);
}

/// Without those that others bring, which then bring them anew.
std::vector<FoundFile> Workspace::files_of(const Group& group) const {
  std::vector<FoundFile> files;
  for (const FoundFile& file : group.files)
    if (!brought_kind(file.path)) files.push_back(file);
  return files;
}

/// Files that are in the run because others of it name them, and those that are no longer.
void Workspace::note_brought(const Group& group) {
  std::set<std::string_view> own;
  for (const FoundFile& file : group.files) own.insert(file.path);
  std::set<std::string_view> read;
  for (const ProjectFile& file : group.project->files) {
    const std::string& path = file.source->path();
    read.insert(path);
    if (own.contains(path) || !holds(path)) continue;
    const auto [entry, is_new] = known_.try_emplace(path);
    if (is_new) entry->second.found = {.path = path, .kind = file.document->kind};
    entry->second.brought = file.document->kind;
    entry->second.found.kind = file.document->kind;
    grouped_ = false;
  }
  for (const FoundFile& file : group.files) {
    Known& known = known_.find(file.path)->second;
    if (!known.brought || read.contains(file.path)) continue;
    known.brought = nullptr;
    grouped_ = false;
    if (!known.walked) continue;
    known.walked = false;  // and is to be found anew, as what it is by itself
    discovered_ = false;
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
