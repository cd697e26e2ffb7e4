#include "check/check.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "base/printable.hpp"
#include "check/divided_places.hpp"
#include "check/kustomized.hpp"
#include "check/left_out_causes.hpp"
#include "check/read_values.hpp"
#include "check/reading_projects.hpp"
#include "check/shared_values.hpp"
#include "check/suppress.hpp"
#include "kinds/kind.hpp"
#include "policy/subject.hpp"
#include "project/parallel.hpp"
#include "rules/index.hpp"

namespace imglint {
namespace {

bool is_elsewhere(const Source* source, const Document& document) {
  return source != nullptr && source != document.source;
}

/// Text of a reference comes from an .env file or the arguments of a build.
bool reads_other_files(const Document& document) {
  const auto foreign_piece = [&](const Piece& piece) { return is_elsewhere(piece.source, document); };
  const auto foreign_variable = [&](const Variable& variable) {
    return is_elsewhere(variable.place.source, document) || is_elsewhere(variable.written.source, document);
  };
  if (!document.environment_troubles.empty()) return true;
  return std::any_of(document.uses.begin(), document.uses.end(), [&](const ImageUse& use) {
    const auto pieces = use.value.pieces();
    const std::vector<Variable>& platform = document.platform_of(use).variables;
    return std::any_of(pieces.begin(), pieces.end(), foreign_piece) ||
           std::any_of(use.value.variables.begin(), use.value.variables.end(), foreign_variable) ||
           std::any_of(use.open_value.variables.begin(), use.open_value.variables.end(), foreign_variable) ||
           std::any_of(platform.begin(), platform.end(), foreign_variable);
  });
}

/// A kustomization of the run may say otherwise, or this is one.
bool is_coupled(const Document& document) {
  return std::any_of(document.parts.begin(), document.parts.end(),
                     [](const Part& part) { return part.kind->is_coupled; });
}

bool concerns(const Rule& rule, std::span<const Subject> subjects, std::span<const Policy* const> policies) {
  return std::any_of(policies.begin(), policies.end(), [&](const Policy* policy) {
    return policy->settings(rule.info.name).severity != Severity::off &&
           rule.concerns_project(subjects, *policy);
  });
}

/// Not what nobody uses, or what is no image for all that is known.
bool is_judged(const ImageUse& use) { return use.active && !use.may_be_stage && !use.refused; }

/// What another frontend reads is its own business, but for the frontend.
bool is_foreign(const Document& document, const ImageUse& use) {
  return document.part_of(use).is_foreign && use.role->function != Function::frontend;
}

struct RuleInUse {
  const Rule* rule = nullptr;
  const RuleSettings* settings = nullptr;
};

/// The rules that a policy has on.
std::vector<RuleInUse> rules_of(const Policy& policy) {
  std::vector<RuleInUse> rules;
  rules.reserve(all_rules().size());
  auto settings = policy.rules.begin();  // both by name
  for (const Rule* rule : all_rules()) {
    while (settings->first < rule->info.name) ++settings;
    if (settings->second.severity != Severity::off) rules.push_back({rule, &settings->second});
  }
  return rules;
}

std::vector<Subject> subjects_of(const Document& document) {
  std::vector<Subject> subjects;
  subjects.reserve(document.uses.size());
  for (const ImageUse& use : document.uses) subjects.push_back(evaluate(document, use));
  return subjects;
}

/// Fewer documents are judged sooner than a thread starts.
std::size_t threads_for(std::size_t documents, unsigned jobs) {
  constexpr std::size_t few = 32;
  return documents < few ? 1 : thread_count(jobs, documents / few);
}

class Run {
 public:
  Run(std::span<const CheckTarget> targets, unsigned jobs, const LeftOutBy& left_out = {})
      : threads_(threads_for(targets.size(), jobs)),
        subjects_(targets.size()),
        projects_(targets),
        left_out_causes_(left_out) {
    for_each_in_order(
        targets.size(), threads_, [&](std::size_t i) { return subjects_of(*targets[i].document); },
        [&](std::size_t i, std::vector<Subject> made) {
          subjects_[i] = std::move(made);
          return true;
        });
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const CheckTarget& target = targets[i];
      whole_.push_back({target.document, target.policy, subjects_[i]});
      checked_.push_back({target.document, target.policy, without_foreign(subjects_[i])});
      if (!target.variant) result_.references += subjects_[i].size();
    }
    note_resolved(targets);
  }

  [[nodiscard]] bool reads_others() const {
    return std::any_of(checked_.begin(), checked_.end(),
                       [](const CheckedDocument& checked) { return reads_other_files(*checked.document); });
  }

  /// No rule compares these files with others. If nothing else connects them either, other files do not
  /// matter to what finish() says, nor these to other files.
  [[nodiscard]] bool stands_apart(std::span<const Policy* const> policies) const {
    for (const CheckedDocument& checked : checked_) {
      if (is_coupled(*checked.document)) return false;
      for (const Rule* rule : all_rules())
        if (rule->concerns_project && concerns(*rule, checked.subjects, policies)) return false;
    }
    return true;
  }

  /// `apart` if stands_apart() said so.
  CheckResult finish(bool apart) && {
    if (!apart) kustomized_ = Kustomized(checked_);
    check_documents();
    left_out_causes_.put_to_uses(result_.findings);
    projects_.name(result_.findings, judged_in_);
    if (projects_.share_files())
      DividedPlaces(checked_).withhold_fixes(result_.findings, judged_in_, projects_.labels());
    for (const Rule* rule : all_rules())
      if (rule->check_project && !(apart && rule->concerns_project)) check_project(*rule);
    sort_findings(result_.findings);
    merge_findings(result_.findings);
    withhold_unshared_fixes(result_.findings, checked_);
    kustomized_.withhold_fixes(result_.findings);
    return std::move(result_);
  }

 private:
  using UsePlace = std::tuple<const Source*, std::uint32_t, std::string_view>;

  static UsePlace place_of(const Document& document, const ImageUse& use) {
    return {document.source, use.span.begin, use.path};
  }

  /// Of files that several projects read: what is resolved in one of them.
  void note_resolved(std::span<const CheckTarget> targets) {
    if (!projects_.share_files()) return;
    for (const CheckTarget& target : targets) {
      if (!projects_.share(target.document->source)) continue;
      for (const ImageUse& use : target.document->uses)
        if (use.active && use.kind != Kind::unresolved)
          resolved_[place_of(*target.document, use)].insert(target.document->project);
    }
  }

  /// In another project, so that whoever starts this one may do the same. What one include of a project sets
  /// and another lacks nobody can set for that one alone.
  [[nodiscard]] bool is_resolved_elsewhere(const Subject& subject) const {
    if (resolved_.empty() || subject.use->kind != Kind::unresolved) return false;
    const auto found = resolved_.find(place_of(*subject.document, *subject.use));
    const ProjectIdentity* project = subject.document->project;
    return found != resolved_.end() && (!project || !found->second.contains(project));
  }

  /// The same span where nothing is foreign.
  std::span<const Subject> without_foreign(std::span<const Subject> subjects) {
    const auto foreign = [](const Subject& subject) { return is_foreign(*subject.document, *subject.use); };
    if (std::none_of(subjects.begin(), subjects.end(), foreign)) return subjects;
    std::vector<Subject>& own = own_.emplace_back(subjects.begin(), subjects.end());
    std::erase_if(own, foreign);
    return own;
  }

  void check_documents() {
    std::map<const Policy*, std::vector<RuleInUse>> rules;
    for (const CheckedDocument& checked : checked_)
      if (const auto [entry, is_new] = rules.try_emplace(checked.policy); is_new)
        entry->second = rules_of(*checked.policy);
    for_each_in_order(
        checked_.size(), threads_,
        [&](std::size_t i) {
          return check_document(checked_[i], whole_[i], rules.find(checked_[i].policy)->second);
        },
        [&](std::size_t i, CheckResult judged) {
          append_result(result_, std::move(judged));
          judged_in_.resize(result_.findings.size(), checked_[i].document);
          return true;
        });
  }

  /// `whole` has what another frontend reads, too: a team's policy holds for that as well. On any thread.
  [[nodiscard]] CheckResult check_document(const CheckedDocument& checked, const CheckedDocument& whole,
                                           std::span<const RuleInUse> rules) const {
    CheckResult result;
    for (const auto& [rule, settings] : rules) {
      const CheckedDocument& seen = rule->info.needs_configuration ? whole : checked;
      Report report(rule->info, *checked.policy, *settings, result.findings);
      // Of a foreign file only subjects are judged.
      if (rule->check_document && (rule->info.judges_parts || !checked.document->file_part().is_foreign))
        rule->check_document(seen, report);
      if (rule->check_use && rule->group.empty())
        for (const Subject& subject : seen.subjects)
          if (is_judged(*subject.use) && !is_silent(*rule, subject))
            judge(*rule, subject, report, result.findings);
      count_unjudged(*rule, report, result);
    }
    check_groups(whole, rules, result);
    return result;
  }

  /// What other readings of the file, or kustomizations that change it, leave nothing to say of.
  [[nodiscard]] bool is_silent(const Rule& rule, const Subject& subject) const {
    return kustomized_.is_silent(rule, subject) ||
           (rule.info.of_all_readings && is_resolved_elsewhere(subject));
  }

  /// What is said of a place that is a guess is no more than a hint.
  static void judge(const Rule& rule, const Subject& subject, Report& report,
                    std::vector<Finding>& findings) {
    const std::size_t before = findings.size();
    rule.check_use(subject, report);
    if (subject.use->role->certainty != Certainty::probable) return;
    for (std::size_t i = before; i < findings.size(); ++i) {
      Finding& finding = findings[i];
      finding.severity = std::min(finding.severity, Severity::info);
      finding.fix.reset();
    }
  }

  /// What a group has said of a use.
  struct Said {
    std::string_view group;
    Severity severity;  ///< of which no other is more severe
    bool locked;
  };

  /// After a rule of its group has reported, another one speaks only if nothing the first may be silenced by
  /// shall silence it, or if it weighs more.
  static bool is_heard(const RuleInUse& rule, std::vector<Said>& said) {
    const auto earlier = std::ranges::find(said, rule.rule->group, &Said::group);
    return earlier == said.end() || (rule.settings->locked && !earlier->locked) ||
           rule.settings->severity > earlier->severity;
  }

  static void note_said(const RuleInUse& rule, std::vector<Said>& said) {
    const auto earlier = std::ranges::find(said, rule.rule->group, &Said::group);
    const Severity severity = rule.rule->may_be_no_image ? Severity::error : rule.settings->severity;
    if (earlier == said.end()) {
      said.push_back({rule.rule->group, severity, rule.settings->locked});
      return;
    }
    earlier->severity = std::max(earlier->severity, severity);
    earlier->locked = earlier->locked || rule.settings->locked;
  }

  /// Rules of a group, use by use in order of rank: the first that reports ends the group for this use, but
  /// for rules that weigh more.
  void check_groups(const CheckedDocument& checked, std::span<const RuleInUse> rules,
                    CheckResult& result) const {
    std::vector<RuleInUse> grouped;
    for (const RuleInUse& each : rules)
      if (!each.rule->group.empty() && each.rule->check_use) grouped.push_back(each);
    std::stable_sort(grouped.begin(), grouped.end(),
                     [](const RuleInUse& a, const RuleInUse& b) { return a.rule->rank < b.rule->rank; });
    std::vector<Said> said;
    for (const Subject& subject : checked.subjects) {
      if (!is_judged(*subject.use)) continue;
      said.clear();
      for (const RuleInUse& each : grouped) {
        if (!is_heard(each, said)) continue;
        const auto& [rule, settings] = each;
        if (!rule->info.needs_configuration && is_foreign(*checked.document, *subject.use)) continue;
        if (kustomized_.is_silent(*rule, subject)) continue;
        const std::size_t before = result.findings.size();
        Report report(rule->info, *checked.policy, *settings, result.findings);
        judge(*rule, subject, report, result.findings);
        count_unjudged(*rule, report, result);
        if (result.findings.size() > before) note_said(each, said);
      }
    }
  }

  void check_project(const Rule& rule) {
    std::vector<CheckedDocument> files;
    for (const CheckedDocument& checked : checked_)
      if (checked.policy->settings(rule.info.name).severity != Severity::off) files.push_back(checked);
    if (files.empty()) return;
    const std::size_t before = result_.findings.size();
    const Policy& policy = *files.front().policy;
    Report report(rule.info, policy, policy.settings(rule.info.name), result_.findings);
    rule.check_project(files, report);
    count_unjudged(rule, report, result_);
    left_out_causes_.put_to_uses(std::span(result_.findings).subspan(before));
    std::map<const Source*, Severity> severities;
    for (const CheckedDocument& checked : files)
      severities[checked.document->source] = checked.policy->settings(rule.info.name).severity;
    for (std::size_t i = before; i < result_.findings.size(); ++i) {
      Finding& finding = result_.findings[i];
      if (const auto found = severities.find(finding.place.source); found != severities.end())
        finding.severity = found->second;
    }
  }

  static void count_unjudged(const Rule& rule, const Report& report, CheckResult& result) {
    if (report.unjudged() > 0) result.unjudged[std::string(rule.info.name)] += report.unjudged();
  }

  std::size_t threads_;
  std::vector<std::vector<Subject>> subjects_;
  std::deque<std::vector<Subject>> own_;  ///< of documents in which something is foreign
  std::map<UsePlace, std::set<const ProjectIdentity*>> resolved_;  ///< in which projects
  ReadingProjects projects_;
  std::vector<const Document*> judged_in_;  ///< by finding, but those of rules that compare files
  std::vector<CheckedDocument> checked_;
  std::vector<CheckedDocument> whole_;
  Kustomized kustomized_;
  LeftOutCauses left_out_causes_;
  CheckResult result_;
};

CheckResult finish(Run run, std::span<const CheckTarget> targets, bool apart) {
  CheckResult result = std::move(run).finish(apart);
  const SilenceCounts counts = silence(targets, result.findings);
  result.suppressed = counts.suppressed;
  result.excepted = counts.excepted;
  return result;
}

}  // namespace

CheckResult check(std::span<const CheckTarget> targets, unsigned jobs, const LeftOutBy& left_out) {
  return finish(Run(targets, jobs, left_out), targets, false);
}

std::optional<CheckResult> check_apart(const CheckTarget& target, std::span<const Policy* const> policies) {
  const std::span targets(&target, 1);
  Run run(targets, 1);
  if (run.reads_others() || !run.stands_apart(policies)) return std::nullopt;
  return finish(std::move(run), targets, true);
}

std::optional<CheckResult> check_group(std::span<const CheckTarget> targets,
                                       std::span<const Policy* const> policies, const LeftOutBy& left_out) {
  Run run(targets, 1, left_out);
  // A comment in an env file may be for what another group reads of it.
  if (!run.stands_apart(policies) || !read_values(targets).empty()) return std::nullopt;
  return finish(std::move(run), targets, true);
}

}  // namespace imglint
