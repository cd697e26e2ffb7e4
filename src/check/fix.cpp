#include "check/fix.hpp"

#include <algorithm>
#include <set>

#include "kinds/kind.hpp"

namespace imglint {
namespace {

constexpr int most_rounds = 10;

/// Edit sets by file.
using Sets = std::map<const Source*, EditSet>;

/// Adds all edits of a fix or none.
bool add_whole(Sets& sets, const Fix& fix) {
  Sets tried;
  for (const Edit& edit : fix.edits) {
    EditSet& set = tried.try_emplace(edit.source, sets.at(edit.source)).first->second;
    if (set.add({edit})) return false;
  }
  for (auto& [source, set] : tried) sets.at(source) = std::move(set);
  return true;
}

bool is_wanted(const Finding& finding, Safety most) {
  return finding.fix && finding.fix->safety != Safety::suggestion && finding.fix->safety <= most &&
         !finding.fix->edits.empty();
}

std::vector<const Source*> sources_of(const Project& project) {
  std::vector<const Source*> sources;
  for (const ProjectFile& file : project.files) sources.push_back(file.source.get());
  return sources;
}

std::size_t troubles_of(const Project& project, const std::string& path) {
  const ProjectFile* file = project.find(path);
  return file ? file->document->troubles.size() : 0;
}

/// What the fixing of one run keeps between rounds.
class Repair {
 public:
  Repair(const JudgedRun& first, Safety most, const Judge& judge)
      : first_(&first), most_(most), judge_(&judge) {}

  FixResult run() && {
    const JudgedRun* current = first_;
    for (int round = 0; round < most_rounds; ++round) {
      if (!take_round(*current)) break;
      JudgedRun next = (*judge_)(changed_);
      drop_broken(*current, next);
      result_.last = std::move(next);
      current = &result_.last;
    }
    if (!result_.last.project) result_.last = (*judge_)(changed_);
    collect();
    return std::move(result_);
  }

 private:
  /// Makes the edits of one round; false if there are none.
  bool take_round(const JudgedRun& current) {
    const FixPlan plan = plan_round(current);
    before_ = changed_;
    revisions_before_ = revisions_;
    bool any = false;
    for (const EditSet& set : plan.sets) any = take(*current.project, set) || any;
    for (const Finding* finding : plan.taken)
      if (frozen_.count(finding->place.source->path()) == 0) ++result_.fixed;
    return any;
  }

  /// The fixes of one round, all of which are proven. A fix that breaks a file by itself is left out; a file
  /// that only several break together stays as it is.
  FixPlan plan_round(const JudgedRun& current) {
    std::set<const Finding*> broken;
    while (true) {
      std::vector<const Source*> files = sources_of(*current.project);
      std::erase_if(files, [&](const Source* source) { return frozen_.count(source->path()) > 0; });
      FixPlan plan = plan_fixes(current.findings, most_, files, broken);
      bool all_proven = true;
      for (const EditSet& set : plan.sets) {
        if (is_proven(*current.project, set)) continue;
        all_proven = false;
        const std::size_t before = broken.size();
        for (const Finding* finding : plan.taken)
          if (!is_proven_alone(*current.project, set.source(), *finding)) broken.insert(finding);
        (broken.size() > before ? left_out_ : frozen_).insert(set.source().path());
      }
      if (all_proven) return plan;
    }
  }

  static bool is_proven_alone(const Project& project, const Source& source, const Finding& finding) {
    EditSet alone(source);
    for (const Edit& edit : finding.fix->edits)
      if (edit.source == &source) (void)alone.add({edit});
    return alone.empty() || is_proven(project, alone);
  }

  static bool is_proven(const Project& project, const EditSet& set) {
    const ProjectFile* file = project.find(set.source().path());
    const auto prove = file ? file->document->kind->prove : nullptr;
    return !prove || prove(set);
  }

  bool take(const Project& project, const EditSet& set) {
    const std::string& path = set.source().path();
    if (!project.find(path) || set.empty()) return false;
    auto revision = revisions_.find(path);
    if (revision == revisions_.end())
      revision = revisions_.emplace(path, Revision(*first_->project->find(path)->source)).first;
    revision->second.apply(set);
    changed_[path] = revision->second.bytes();
    return true;
  }

  /// Takes back what gave a file new troubles, and leaves that file alone from now on.
  void drop_broken(const JudgedRun& before, JudgedRun& after) {
    bool dropped = false;
    for (const auto& [path, bytes] : changed_) {
      if (troubles_of(*after.project, path) <= troubles_of(*before.project, path)) continue;
      frozen_.insert(path);
      dropped = true;
    }
    if (!dropped) return;
    for (const std::string& path : frozen_) restore(path);
    after = (*judge_)(changed_);
  }

  void restore(const std::string& path) {
    const auto bytes = before_.find(path);
    const auto revision = revisions_before_.find(path);
    changed_.erase(path);
    revisions_.erase(path);
    if (bytes != before_.end()) changed_.emplace(path, bytes->second);
    if (revision != revisions_before_.end()) revisions_.emplace(path, revision->second);
  }

  void collect() {
    for (const ProjectFile& file : first_->project->files) {
      const auto revision = revisions_.find(file.source->path());
      if (revision != revisions_.end()) result_.revisions.push_back(std::move(revision->second));
    }
    std::set<std::string> refused = frozen_;
    for (const std::string& path : left_out_)
      if (!revisions_.contains(path))
        refused.insert(path);  // nothing else was to be done there
      else if (!frozen_.contains(path))
        result_.incomplete.push_back(path);
    result_.refused.assign(refused.begin(), refused.end());
  }

  const JudgedRun* first_;
  Safety most_;
  const Judge* judge_;
  std::map<std::string, std::string> changed_;
  std::map<std::string, std::string> before_;
  std::map<std::string, Revision> revisions_;
  std::map<std::string, Revision> revisions_before_;
  std::set<std::string> frozen_;
  std::set<std::string> left_out_;  ///< paths of files that do without one of their fixes
  FixResult result_;
};

}  // namespace

FixPlan plan_fixes(std::span<const Finding> findings, Safety most, std::span<const Source* const> files,
                   const std::set<const Finding*>& without) {
  FixPlan plan;
  Sets sets;
  for (const Source* file : files) sets.emplace(file, EditSet(*file));
  for (const Finding& finding : findings) {
    if (!is_wanted(finding, most) || without.contains(&finding)) continue;
    const auto& edits = finding.fix->edits;
    if (std::any_of(edits.begin(), edits.end(),
                    [&](const Edit& edit) { return sets.count(edit.source) == 0; }))
      continue;
    (add_whole(sets, *finding.fix) ? plan.taken : plan.conflicting).push_back(&finding);
  }
  for (const Source* file : files)
    if (!sets.at(file).empty()) plan.sets.push_back(std::move(sets.at(file)));
  return plan;
}

FixResult fix_until_stable(const JudgedRun& first, Safety most, const Judge& judge) {
  return Repair(first, most, judge).run();
}

}  // namespace imglint
