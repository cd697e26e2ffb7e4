// What is found in a workspace: judged group by group, and where files are compared, together.
#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "lsp/workspace.hpp"
#include "project/git_files.hpp"
#include "source/overlay_file_system.hpp"

namespace imglint::lsp {

/// What was found in a group borrows from it.
void Workspace::forget(Group& group) {
  judged_ = false;
  if (!group.judged) return;
  group.judged = false;
  if (group.alone) {
    note_places(*group.alone, nullptr);
    group.alone.reset();
    return;
  }
  note_places(together_, nullptr);
  together_ = {};
  together_is_stale_ = true;
}

void Workspace::forget_judgements() {
  for (auto& group : groups_) forget(*group.second);
  note_places(together_, nullptr);
  together_ = {};
  elsewhere_.clear();
  judged_ = false;
}

/// Files that findings are shown in have to be shown anew. With a group, those that no group has become its.
void Workspace::note_places(const CheckResult& result, const Group* group) {
  for (const Finding& finding : result.findings) {
    if (!finding.place.source) continue;
    const std::string& path = finding.place.source->path();
    touched_.insert(path);
    if (group && !known_.contains(path)) elsewhere_[path] = group;
  }
}

namespace {

/// Variants of a document stay behind it.
void sort_targets(std::vector<CheckTarget>& targets) {
  std::stable_sort(targets.begin(), targets.end(), [](const CheckTarget& a, const CheckTarget& b) {
    return a.document->source->path() < b.document->source->path();
  });
}

}  // namespace

void Workspace::judge() {
  judged_ = true;
  note_read_configuration();
  if (!policies_->errors().empty()) {
    forget_judgements();
    judged_ = true;
    return;
  }
  const std::vector<const Policy*> policies(policies_in_use_.begin(), policies_in_use_.end());
  for (auto& entry : groups_) {
    Group& group = *entry.second;
    if (!group.project || group.judged) continue;
    group.alone = check_group(group.targets, policies, left_out_by());
    group.judged = true;
    if (group.alone) {
      hide_in(group.alone->findings);
      note_places(*group.alone, &group);
    } else {
      together_is_stale_ = true;
    }
  }
  if (together_is_stale_) judge_together();
}

void Workspace::hide_in(std::vector<Finding>& findings) {
  std::map<const Source*, bool> left_out;
  std::erase_if(findings, [&](const Finding& finding) {
    const Source* source = finding.place.source;
    if (!source) return false;
    const auto [entry, is_new] = left_out.try_emplace(source, false);
    if (is_new && known_.contains(source->path())) entry->second = is_left_out(source->path());
    return entry->second;
  });
  const RunValues& values = run_values();
  if (values.baseline.empty() || findings.empty()) return;
  BaselineNames names(*files_, values.baseline_path);
  static_cast<void>(hide_known(values.baseline, findings, names));
}

/// git is not asked: a file that is open need not be on the disk yet.
bool Workspace::is_left_out(const std::string& path) {
  if (root_.empty() || !holds(path)) return false;
  if (policies_->choice_for(path).excluded) return true;
  if (!ignore_rules_) ignore_rules_.emplace(*files_);
  const auto top = work_tree_of(*files_, std::string(folder_of(path)));
  return ignore_rules_->leave_out(top ? *top : root_, path);
}

std::string Workspace::why_left_out(const std::string& path) {
  if (root_.empty() || !holds(path)) return {};
  if (const auto known = known_.find(path); known != known_.end() && known->second.walked) return {};
  if (!left_out_) {
    std::vector<std::string> given = env_files();
    for (const assembly::ProjectRequest& request : run_values().projects)
      given.insert(given.end(), request.env_files.begin(), request.env_files.end());
    given.push_back(root_);
    left_out_ = std::make_unique<LeftOut>(*files_, DiscoverOptions{.choose = policies_->chooser()}, given);
  }
  return left_out_->why(path);
}

void Workspace::judge_together() {
  std::vector<CheckTarget> targets = targets_together(nullptr);
  sort_targets(targets);
  together_ = check(targets, 1, left_out_by());
  hide_in(together_.findings);
  together_is_stale_ = false;
  note_places(together_, nullptr);
}

/// Of the groups that rules compare with each other.
std::vector<CheckTarget> Workspace::targets_together(const Group* without) const {
  std::vector<CheckTarget> targets;
  for (const auto& entry : groups_) {
    const Group& group = *entry.second;
    if (&group == without || !group.judged || group.alone) continue;
    targets.insert(targets.end(), group.targets.begin(), group.targets.end());
  }
  return targets;
}

JudgedRun Workspace::judge_again(const std::string& path, const std::map<std::string, std::string>& changed) {
  OverlayFileSystem files(*files_);
  for (const auto& [name, bytes] : changed) files.put(name, bytes);
  JudgedRun run{std::make_unique<Project>(), {}};
  const Group* group = known_.find(path)->second.group;
  load_project(files_of(group->files), options_for(*group), files, *run.project);
  std::vector<CheckTarget> targets = targets_of(*run.project);
  if (!policies_->errors().empty()) return run;
  const std::vector<const Policy*> policies(policies_in_use_.begin(), policies_in_use_.end());
  if (auto alone = check_group(targets, policies, left_out_by())) {
    run.findings = std::move(alone->findings);
    hide_in(run.findings);
    run.findings.insert(run.findings.end(), together_.findings.begin(), together_.findings.end());
    return run;
  }
  const std::vector<CheckTarget> others = targets_together(group);
  targets.insert(targets.end(), others.begin(), others.end());
  sort_targets(targets);
  run.findings = check(targets, 1, left_out_by()).findings;
  hide_in(run.findings);
  return run;
}

}  // namespace imglint::lsp
