// What is found in a workspace: judged group by group, and where files are compared, together.
#include <algorithm>
#include <utility>

#include "lsp/workspace.hpp"
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
  ++generation_;
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
    group.alone = check_group(group.targets, policies);
    group.judged = true;
    if (group.alone) {
      hide_known_in(group.alone->findings);
      note_places(*group.alone, &group);
    } else {
      together_is_stale_ = true;
    }
  }
  if (together_is_stale_) judge_together();
}

void Workspace::hide_known_in(std::vector<Finding>& findings) {
  const RunValues& values = run_values();
  if (values.baseline.empty() || findings.empty()) return;
  BaselineNames names(*files_, values.baseline_path);
  static_cast<void>(hide_known(values.baseline, findings, names));
}

void Workspace::judge_together() {
  std::vector<CheckTarget> targets = targets_together(nullptr);
  sort_targets(targets);
  together_ = check(targets);
  hide_known_in(together_.findings);
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
  load_project(files_of(*group), options_for(*group), files, *run.project);
  std::vector<CheckTarget> targets = targets_of(*run.project);
  if (!policies_->errors().empty()) return run;
  const std::vector<const Policy*> policies(policies_in_use_.begin(), policies_in_use_.end());
  if (auto alone = check_group(targets, policies)) {
    run.findings = std::move(alone->findings);
    hide_known_in(run.findings);
    run.findings.insert(run.findings.end(), together_.findings.begin(), together_.findings.end());
    return run;
  }
  const std::vector<CheckTarget> others = targets_together(group);
  targets.insert(targets.end(), others.begin(), others.end());
  sort_targets(targets);
  run.findings = check(targets).findings;
  hide_known_in(run.findings);
  return run;
}

}  // namespace imglint::lsp
