// What another text, a new file or one that is gone makes stale: in this order what reads it, what says how
// files are read, and which files there are.
#include <algorithm>
#include <iterator>
#include <set>

#include "base/path.hpp"
#include "kinds/index.hpp"
#include "lsp/workspace.hpp"
#include "project/ignore_files.hpp"
#include "project/include_paths.hpp"
#include "project/kustomize_names.hpp"
#include "project/recogniser.hpp"

namespace imglint::lsp {

void Workspace::touch(const std::string& path) {
  touched_.insert(path);
  judged_ = false;
  const auto entry = known_.find(path);
  if (entry == known_.end() || !entry->second.group) return;
  forget(*entry->second.group);
  entry->second.group->project.reset();
}

/// What all of them make stale is done once: a client may tell of thousands.
void Workspace::changed(const std::vector<std::string>& paths) {
  std::set<std::string, std::less<>> strangers;
  bool any_folder = false, reconfigures = false;
  for (const std::string& path : paths) {
    touch(path);
    if (left_out_ && !left_out_->was_asked(path)) left_out_.reset();  // it may be new
    touch_readers_of(path);
    if (!known_.contains(path)) strangers.insert(path);
    any_folder = touch_below(path) || any_folder;
    reconfigures = reconfigures || configures(path);
  }
  touch_includers_of(strangers);
  if (any_folder && !root_.empty()) discovered_ = false;
  if (reconfigures)
    configure_again();
  else if (any_folder)
    look_at_configuration();
  const auto is_taken_otherwise = [this](const std::string& path) { return this->is_taken_otherwise(path); };
  if (discovered_ && std::ranges::any_of(paths, is_taken_otherwise)) discovered_ = false;
}

const Workspace::Readers& Workspace::readers() {
  if (readers_) return *readers_;
  Readers& readers = readers_.emplace();
  for (const auto& [path, known] : known_)
    for (const auto* read : {&known.links, &known.guides})
      for (const std::string& name : *read) readers[name].push_back(path);
  return readers;
}

void Workspace::touch_readers_of(const std::string& path) {
  const Readers& all = readers();
  const auto touch_those_of = [&](const std::string& name) {
    const auto found = all.find(name);
    if (found == all.end()) return;
    for (const std::string& reader : found->second) touch(reader);
  };
  touch_those_of(path);
  for (auto slash = path.rfind('/'); slash != path.npos && slash > 0; slash = path.rfind('/', slash - 1))
    touch_those_of(path.substr(0, slash + 1));
}

/// Files that are new may be some that others wait for.
void Workspace::touch_includers_of(const std::set<std::string, std::less<>>& paths) {
  if (paths.empty()) return;
  std::vector<std::string> includers;
  for_each([&](const ProjectFile& file) {
    const std::string& path = file.source->path();
    if (std::ranges::any_of(file.document->includes,
                            [&](std::string_view include) { return includes_any_of(paths, include, path); }))
      includers.push_back(path);
  });
  for (const std::string& includer : includers) touch(includer);
}

/// Of a folder that is moved nobody need tell which files were in it. False for what is no folder.
bool Workspace::touch_below(const std::string& folder) {
  const std::string inside = folder + '/';
  const auto status = files_->status(folder);
  bool is_folder = status && status->kind == FileKind::folder;
  for (auto at = known_.lower_bound(inside); at != known_.end() && at->first.starts_with(inside); ++at) {
    touch(at->first);
    is_folder = true;
  }
  const Readers& all = readers();
  for (auto at = all.lower_bound(inside); at != all.end() && at->first.starts_with(inside); ++at) {
    for (const std::string& reader : at->second) touch(reader);
    is_folder = true;
  }
  return is_folder;
}

/// Whether settings come from a file, or may by now.
bool Workspace::configures(const std::string& path) {
  const std::string_view name = name_of(path);
  if (run_values_ && !path.empty() && run_values_->baseline_path == path) return true;
  if (name == digest_lock_name || std::ranges::find(config_names, name) != std::end(config_names))
    return true;
  // What is typed into an ignore file counts when it is saved.
  const auto noted = configuration_.find(path);
  if (noted == configuration_.end() ? is_ignore_file(name) : is_another(path, noted->second)) return true;
  if (!run_values_) return false;
  const auto named = run_values_->is_there.find(path);
  return named != run_values_->is_there.end() && named->second != files_->status(path).has_value();
}

/// Whether a walk would take a file that the last one did not, leave out one that it took, or take it for
/// another.
bool Workspace::is_taken_otherwise(const std::string& path) {
  if (root_.empty() || !holds(path)) return false;
  const auto entry = known_.find(path);
  const std::vector<std::string>& include = run_values().include;
  const bool is_there = files_->status(path).has_value();
  if (is_there != (entry != known_.end())) {
    if (walked_kind(path, include) || policies_->choice_for(path).kind) return true;
    if (!is_there) return entry->second.walked;
    return may_be_known_by_text(path, include) && kind_by_text(*files_, AskedFile{.path = path}, include);
  }
  if (entry == known_.end() || !may_be_known_by_text(path, include)) return false;
  // What is open stays what it was opened as.
  const Known& known = entry->second;
  if (!known.walked || known.open || known.brought || known.found.chosen) return false;
  const KindInfo* kind = walked_kind(path, include);
  if (kind && !kind->has_whole_folders) return false;
  kind = kind_by_text(*files_, AskedFile{.path = path}, include);
  return (kind ? kind : kind_named_above(*files_, path)) != known.found.kind;
}

}  // namespace imglint::lsp
