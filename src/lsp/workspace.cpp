#include "lsp/workspace.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "base/path.hpp"
#include "kinds/index.hpp"
#include "project/compose/projects.hpp"
#include "project/kustomize_names.hpp"
#include "project/recogniser.hpp"
#include "rules/index.hpp"
#include "source/overlay_file_system.hpp"

namespace imglint::lsp {
namespace {

/// Files that are read in one step of the first scan.
constexpr std::size_t step = 25;

}  // namespace

bool Workspace::holds(std::string_view path) const {
  if (root_.empty()) return true;
  return root_ == "/" || path == root_ ||
         (path.starts_with(root_) && path.substr(root_.size()).starts_with('/'));
}

void Workspace::configure(const Settings& settings, const std::string& today) {
  settings_ = settings;
  today_ = today;
  PolicyOptions options{.config = below_folder(root_, settings.config),
                        .isolated = settings.isolated,
                        .select = settings.select,
                        .ignore = settings.ignore,
                        .as_of = settings.as_of.empty() ? today : settings.as_of,
                        .whole_paths = true};
  forget_judgements();
  left_out_.reset();
  ignore_rules_.reset();
  policies_ = std::make_unique<PolicyCache>(*configuration_files_, all_rule_infos(), std::move(options));
  policies_in_use_.clear();
  run_values_.reset();
  configuration_.clear();
  noted_folders_.clear();
  note_configuration(join_path(root_, digest_lock_name));
  note_folders_of(join_path(root_, "any-file"));
  for (const auto& known : known_) note_folders_of(known.first);
  for (auto& group : groups_) group.second->project.reset();
  for (auto& [path, known] : known_) {
    known.links.clear();
    known.guides.clear();
    touched_.insert(path);
  }
  readers_.reset();
}

const ConfigErrors& Workspace::config_errors() const { return policies_->errors(); }
const Policy& Workspace::policy(const std::string& path) { return *policies_->policy_for(path).policy; }

const KindInfo* Workspace::kind_of(const std::string& path, std::string_view text, const KindInfo* by_name) {
  if (const KindInfo* brought = brought_kind(path)) return brought;
  if (const KindInfo* chosen = policies_->choice_for(path).kind) return chosen;
  const std::vector<std::string>& include = run_values().include;
  if (!by_name) by_name = include.empty() ? nullptr : walked_kind(path, include);
  if (by_name || !may_be_known_by_text(path, include)) return by_name;
  const KindInfo* by_text = kind_by_text(*files_, path, text, include);
  return by_text ? by_text : kind_named_above(*files_, path);
}

void Workspace::open(const std::string& path, const KindInfo& kind) {
  const auto [entry, is_new] = known_.try_emplace(path);
  Known& known = entry->second;
  known.open = true;
  const bool keeps_kind = known.brought && known.walked;
  known.found = {.path = path, .kind = keeps_kind ? known.found.kind : &kind, .named = true};
  note_folders_of(path);
  touch(path);
  grouped_ = false;
}

void Workspace::close(const std::string& path) {
  const auto entry = known_.find(path);
  if (entry == known_.end()) return;
  touch(path);
  entry->second.open = false;
  grouped_ = false;
  if (!is_of_run(entry->second)) known_.erase(entry);
}

void Workspace::rediscover(const std::function<bool()>& stop) {
  discovered_ = true;
  if (root_.empty()) return;
  const std::vector<std::string> roots{root_};
  files_->forget_folders();
  const Discovery discovery = discover(
      *files_, roots, {.choose = policies_->chooser(), .include = run_values().include, .stop = stop});
  discovered_ = !discovery.stopped;
  if (!discovered_) return;
  left_out_.reset();
  for (const std::string& path : discovery.ignore_files)
    if (!configuration_.contains(path)) note_configuration(path);
  for (auto& known : known_) known.second.walked = false;
  std::set<std::string, std::less<>> folders;  // in which there are others than before
  for (const FoundFile& file : discovery.files) {
    const auto [entry, is_new] = known_.try_emplace(file.path);
    Known& known = entry->second;
    known.walked = true;
    if (is_new || (known.brought && !known.open)) known.found = file;
    if (known.brought) known.found.kind = file.kind;
    known.found.beside = {};  // it is kept, and others may come
    note_folders_of(file.path);
    if (is_new) folders.emplace(folder_of(file.path));
  }
  std::erase_if(known_, [&](const auto& known) {
    const bool is_gone = !is_of_run(known.second);
    if (is_gone) folders.emplace(folder_of(known.first));
    return is_gone;
  });
  // Which compose files of a folder make a project depends on which there are.
  for (const auto& [path, known] : known_)
    if (known.found.kind->reads_env_files && folders.contains(folder_of(path))) touch(path);
  grouped_ = false;
}

std::vector<FoundFile> Workspace::found() const {
  std::vector<FoundFile> all;
  for (const auto& known : known_) all.push_back(known.second.found);
  return all;
}

void Workspace::load(Group& group) {
  forget(group);
  auto project = std::make_unique<Project>();
  files_->forget_folders();
  group.loaded = files_of(group.files);
  load_project(group.loaded, options_for(group), *files_, *project);
  group.targets = targets_of(*project);
  group.project = std::move(project);
  for (const FoundFile& file : group.files) touched_.insert(file.path);
  note_brought(group);
}

std::vector<CheckTarget> Workspace::targets_of(const Project& project) {
  std::vector<CheckTarget> targets;
  for (const ProjectFile& file : project.files) {
    const Policy& settings = policy(file.source->path());
    if (policies_in_use_.insert(&settings).second)  // what stood apart by the others may not by this
      for (auto& group : groups_) forget(*group.second);
    targets.push_back({file.document.get(), &settings});
    for (const auto& variant : file.variants) targets.push_back({variant.get(), &settings, true});
  }
  return targets;
}

/// Files that are linked, directly or over others, become one group.
void Workspace::regroup() {
  try {
    regroup_files();
    grouped_ = true;
  } catch (const std::bad_alloc&) {
    for (auto& known : known_) known.second.group = nullptr;
    forget_judgements();
    groups_.clear();
    throw;
  }
}

void Workspace::regroup_files() {
  std::erase_if(known_, [](const auto& known) { return !is_of_run(known.second); });
  std::map<std::string_view, std::string_view> parents;
  const auto top = [&](std::string_view path) {
    parents.try_emplace(path, path);
    while (parents[path] != path) path = parents[path] = parents[parents[path]];
    return path;
  };
  for (const auto& [path, known] : known_)
    for (const std::string& link : known.links) parents[top(link)] = top(path);
  std::map<std::string_view, std::vector<FoundFile>> members;
  for (const auto& [path, known] : known_) members[top(path)].push_back(known.found);

  std::map<std::string, std::unique_ptr<Group>, std::less<>> groups;
  for (auto& [any, files] : members) {
    const std::string first = files.front().path;
    const auto old = groups_.find(first);
    const bool same = old != groups_.end() && is_up_to_date(*old->second, files);
    auto group = same ? std::move(old->second) : std::make_unique<Group>();
    group->files = std::move(files);
    for (const FoundFile& file : group->files) known_.find(file.path)->second.group = group.get();
    groups.emplace(first, std::move(group));
  }
  for (auto& [path, group] : groups_)
    if (group) forget(*group);
  std::erase_if(elsewhere_, [&](const auto& entry) {
    return std::none_of(groups.begin(), groups.end(),
                        [&](const auto& group) { return group.second.get() == entry.second; });
  });
  judged_ = false;
  groups_ = std::move(groups);
}

bool Workspace::update() {
  for (int round = 0; round < 3; ++round) {
    if (!grouped_) regroup();
    for (auto& [path, known] : known_)
      if (known.open && !known.group->project) {
        load(*known.group);
        if (note_links(*known.group)) grouped_ = false;
      }
    if (grouped_) break;
  }
  if (judged_) return false;
  judge();
  return true;
}

bool Workspace::scan_step(const std::function<bool()>& stop) {
  if (!discovered_) {
    rediscover(stop);
    return true;
  }
  if (!grouped_) regroup();
  std::size_t read = 0;
  for (auto& entry : groups_) {
    Group& group = *entry.second;
    if (group.project) continue;
    load(group);
    if (note_links(group)) grouped_ = false;
    read += group.files.size();
    if (read >= step) return true;
  }
  return read > 0 || !grouped_;
}

bool Workspace::scanned() const {
  return discovered_ && grouped_ && std::all_of(groups_.begin(), groups_.end(), [](const auto& group) {
           return group.second->project != nullptr;
         });
}

std::size_t Workspace::files_read() const {
  std::size_t read = 0;
  for (const auto& group : groups_)
    if (group.second->project) read += group.second->files.size();
  return read;
}

const ProjectFile* Workspace::file(std::string_view path) const {
  const auto known = known_.find(path);
  if (known == known_.end() || !known->second.group || !known->second.group->project) return nullptr;
  return known->second.group->project->find(path);
}

const assembly::ComposeProjects* Workspace::projects_of(std::string_view path) const {
  const auto known = known_.find(path);
  if (known == known_.end() || !known->second.group || !known->second.group->project) return nullptr;
  return known->second.group->project->compose.get();
}

const Error* Workspace::error(std::string_view path) const {
  const auto known = known_.find(path);
  if (known == known_.end() || !known->second.group || !known->second.group->project) return nullptr;
  for (const Error& error : known->second.group->project->errors)
    if (error.path == path) return &error;
  return nullptr;
}

void Workspace::for_each(const std::function<void(const ProjectFile&)>& call) const {
  std::vector<const ProjectFile*> files;
  for (const auto& group : groups_)
    if (group.second->project)
      for (const ProjectFile& file : group.second->project->files) files.push_back(&file);
  std::sort(files.begin(), files.end(),
            [](const ProjectFile* a, const ProjectFile* b) { return a->source->path() < b->source->path(); });
  for (const ProjectFile* file : files) call(*file);
}

const Workspace::Group* Workspace::group_of(std::string_view path) const {
  if (const auto known = known_.find(path); known != known_.end()) return known->second.group;
  const auto other = elsewhere_.find(path);
  return other == elsewhere_.end() ? nullptr : other->second;
}

namespace {

void add_found_in(std::string_view path, const std::vector<Finding>& findings,
                  std::vector<const Finding*>& result) {
  const auto path_of = [](const Finding& finding) {
    return finding.place.source ? std::string_view(finding.place.source->path()) : std::string_view();
  };
  // They are sorted by path.
  auto at = std::lower_bound(
      findings.begin(), findings.end(), path,
      [&](const Finding& finding, std::string_view wanted) { return path_of(finding) < wanted; });
  for (; at != findings.end() && path_of(*at) == path; ++at) result.push_back(&*at);
}

}  // namespace

std::vector<const Finding*> Workspace::findings_in(std::string_view path) const {
  std::vector<const Finding*> result;
  if (const Group* group = group_of(path); group && group->alone)
    add_found_in(path, group->alone->findings, result);
  add_found_in(path, together_.findings, result);
  return result;
}

std::vector<const Finding*> Workspace::findings_beside(const std::string& path) const {
  std::vector<const Finding*> result;
  if (const Group* group = group_of(path); group && group->alone)
    for (const Finding& finding : group->alone->findings) result.push_back(&finding);
  for (const Finding& finding : together_.findings) result.push_back(&finding);
  return result;
}

}  // namespace imglint::lsp
