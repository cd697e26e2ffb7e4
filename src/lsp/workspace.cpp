#include "lsp/workspace.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "base/path.hpp"
#include "kinds/index.hpp"
#include "project/builds.hpp"
#include "project/recogniser.hpp"
#include "rules/index.hpp"
#include "source/overlay_file_system.hpp"

namespace imglint::lsp {
namespace {

/// Files that are read in one step of the first scan.
constexpr std::size_t step = 25;

std::string below(const std::string& root, const std::string& path) {
  return path.empty() || path.starts_with('/') ? path : normal_path(join_path(root, path));
}

}  // namespace

bool Workspace::holds(std::string_view path) const {
  if (root_.empty()) return true;
  return root_ == "/" || path == root_ ||
         (path.starts_with(root_) && path.substr(root_.size()).starts_with('/'));
}

void Workspace::configure(const Settings& settings, const std::string& today) {
  settings_ = settings;
  today_ = today;
  PolicyOptions options{.config = below(root_, settings.config),
                        .isolated = settings.isolated,
                        .select = settings.select,
                        .ignore = settings.ignore,
                        .as_of = settings.as_of.empty() ? today : settings.as_of};
  result_ = {};
  policies_ = std::make_unique<PolicyCache>(*files_, all_rule_infos(), std::move(options));
  for (auto& group : groups_) group.second->project.reset();
  for (auto& known : known_) known.second.links.clear();
  judged_ = false;
}

const ConfigErrors& Workspace::config_errors() const { return policies_->errors(); }
const Policy& Workspace::policy(const std::string& path) { return *policies_->policy_for(path).policy; }

const KindInfo* Workspace::kind_of(const std::string& path, const KindInfo* by_name) {
  if (const KindInfo* chosen = policies_->choice_for(path).kind) return chosen;
  return by_name || !may_be_known_by_text(path) ? by_name : kind_by_text(*files_, AskedFile{path});
}

void Workspace::open(const std::string& path, const KindInfo& kind) {
  const auto [entry, is_new] = known_.try_emplace(path);
  entry->second.open = true;
  entry->second.found = {.path = path, .kind = &kind, .named = true};
  touch(path);
  grouped_ = false;
}

void Workspace::close(const std::string& path) {
  const auto entry = known_.find(path);
  if (entry == known_.end()) return;
  touch(path);
  entry->second.open = false;
  grouped_ = false;
  if (!entry->second.walked) known_.erase(entry);
}

void Workspace::touch(const std::string& path) {
  const auto entry = known_.find(path);
  if (entry != known_.end() && entry->second.group) entry->second.group->project.reset();
  judged_ = false;
}

/// A configuration also says which files there are.
void Workspace::configure_again() {
  configure(settings_, today_);
  discovered_ = false;
}

void Workspace::changed(const std::string& path) {
  if (known_.contains(path)) touch(path);
  for (auto& [name, known] : known_)
    if (known.links.contains(path)) touch(name);
  const std::string_view name = name_of(path);
  if (std::find(std::begin(config_names), std::end(config_names), name) != std::end(config_names))
    configure_again();
  if (root_.empty() || files_->status(path).has_value() == known_.contains(path)) return;
  if (walked_kind(path) || policies_->choice_for(path).kind) discovered_ = false;
}

void Workspace::rediscover(const std::function<bool()>& stop) {
  discovered_ = true;
  if (root_.empty()) return;
  const std::vector<std::string> roots{root_};
  const Discovery discovery = discover(*files_, roots, {.choose = policies_->chooser(), .stop = stop});
  discovered_ = !discovery.stopped;
  if (!discovered_) return;
  for (auto& known : known_) known.second.walked = false;
  for (const FoundFile& file : discovery.files) {
    const auto [entry, is_new] = known_.try_emplace(file.path);
    entry->second.walked = true;
    if (is_new) entry->second.found = file;
  }
  std::erase_if(known_, [](const auto& known) { return !known.second.walked && !known.second.open; });
  grouped_ = false;
}

LoadOptions Workspace::load_options() {
  LoadOptions options{.env = settings_.env,
                      .build_args = settings_.build_args,
                      .contexts = settings_.contexts,
                      .jobs = 1,
                      .salvage = true};
  for (const std::string& file : settings_.env_files) options.env_files.push_back(below(root_, file));
  options.contexts_of = [this](const std::string& path) { return policy(path).contexts; };
  options.places_of = [this](const std::string& path) { return policies_->places_for(path); };
  return options;
}

std::vector<FoundFile> Workspace::found() const {
  std::vector<FoundFile> all;
  for (const auto& known : known_) all.push_back(known.second.found);
  return all;
}

void Workspace::load(Group& group) {
  result_ = {};  // it borrows from what goes away
  judged_ = false;
  auto project = std::make_unique<Project>();
  load_project(group.files, load_options(), *files_, *project);
  group.project = std::move(project);
}

/// True if a file of the group is read together with others than before.
bool Workspace::note_links(Group& group) {
  bool changed = false;
  for (const ProjectFile& file : group.project->files) {
    if (!file.document->kind->reads_env_files) continue;
    std::set<std::string> links;
    if (settings_.env_files.empty()) links.insert(join_path(folder_of(file.source->path()), ".env"));
    for (const std::string& env_file : settings_.env_files) links.insert(below(root_, env_file));
    for (const Build& build : file.document->builds)
      if (std::string path = dockerfile_of(*file.document, build); !path.empty())
        links.insert(std::move(path));
    Known& known = known_.find(file.source->path())->second;
    if (known.links == links) continue;
    known.links = std::move(links);
    changed = true;
  }
  return changed;
}

/// Files that are linked, directly or over others, become one group.
void Workspace::regroup() {
  try {
    regroup_files();
    grouped_ = true;
  } catch (const std::bad_alloc&) {
    for (auto& known : known_) known.second.group = nullptr;
    result_ = {};
    groups_.clear();
    throw;
  }
}

void Workspace::regroup_files() {
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
    const bool same = old != groups_.end() &&
                      std::equal(files.begin(), files.end(), old->second->files.begin(),
                                 old->second->files.end(), [](const FoundFile& a, const FoundFile& b) {
                                   return a.path == b.path && a.kind == b.kind;
                                 });
    auto group = same ? std::move(old->second) : std::make_unique<Group>();
    group->files = std::move(files);
    for (const FoundFile& file : group->files) known_.find(file.path)->second.group = group.get();
    groups.emplace(first, std::move(group));
  }
  result_ = {};  // it borrows from what goes away
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

namespace {

const ProjectFile* find_file(const Project& project, std::string_view path) {
  const auto found = std::find_if(project.files.begin(), project.files.end(),
                                  [&](const ProjectFile& file) { return file.source->path() == path; });
  return found == project.files.end() ? nullptr : &*found;
}

}  // namespace

const ProjectFile* Workspace::file(std::string_view path) const {
  const auto known = known_.find(path);
  if (known == known_.end() || !known->second.group || !known->second.group->project) return nullptr;
  return find_file(*known->second.group->project, path);
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

void Workspace::judge() {
  ++generation_;
  std::vector<CheckTarget> targets;
  for_each([&](const ProjectFile& file) {
    const Policy& settings = policy(file.source->path());
    targets.push_back({file.document.get(), &settings});
    for (const auto& variant : file.variants) targets.push_back({variant.get(), &settings, true});
  });
  result_ = policies_->errors().empty() ? check(targets) : CheckResult{};
  judged_ = true;
}

JudgedRun Workspace::judge_again(const std::string& path, const std::map<std::string, std::string>& changed) {
  OverlayFileSystem files(*files_);
  for (const auto& [name, bytes] : changed) files.put(name, bytes);
  JudgedRun run{std::make_unique<Project>(), {}};
  const Group* group = known_.find(path)->second.group;
  load_project(group->files, load_options(), files, *run.project);
  std::vector<const ProjectFile*> all;
  for (const ProjectFile& file : run.project->files) all.push_back(&file);
  for (const auto& other : groups_)
    if (other.second.get() != group && other.second->project)
      for (const ProjectFile& file : other.second->project->files) all.push_back(&file);
  std::sort(all.begin(), all.end(),
            [](const ProjectFile* a, const ProjectFile* b) { return a->source->path() < b->source->path(); });
  std::vector<CheckTarget> targets;
  for (const ProjectFile* file : all) {
    const Policy& settings = policy(file->source->path());
    targets.push_back({file->document.get(), &settings});
    for (const auto& variant : file->variants) targets.push_back({variant.get(), &settings, true});
  }
  if (policies_->errors().empty()) run.findings = check(targets).findings;
  return run;
}

}  // namespace imglint::lsp
