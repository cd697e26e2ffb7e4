#include "engine/check.hpp"

#include <algorithm>
#include <tuple>

#include "engine/shared_values.hpp"
#include "engine/suppress.hpp"
#include "policy/subject.hpp"
#include "rules/index.hpp"

namespace imglint {
namespace {

class Run {
 public:
  explicit Run(std::span<const CheckTarget> targets) {
    subjects_.reserve(targets.size());
    for (const CheckTarget& target : targets) {
      std::vector<Subject>& subjects = subjects_.emplace_back();
      subjects.reserve(target.document->uses.size());
      for (const ImageUse& use : target.document->uses) subjects.push_back(evaluate(*target.document, use));
      checked_.push_back({target.document, target.policy, subjects});
      if (!target.variant) result_.references += subjects.size();
    }
  }

  CheckResult finish() && {
    for (const CheckedDocument& checked : checked_) check_document(checked);
    for (const Rule* rule : all_rules())
      if (rule->check_project) check_project(*rule);
    sort_findings(result_.findings);
    merge_findings(result_.findings);
    withhold_unshared_fixes(result_.findings, checked_);
    return std::move(result_);
  }

 private:
  void check_document(const CheckedDocument& checked) {
    for (const Rule* rule : all_rules()) {
      if (checked.policy->settings(rule->info.name).severity == Severity::off) continue;
      Report report(rule->info, *checked.policy, result_.findings);
      if (rule->check_document) rule->check_document(checked, report);
      if (rule->check_use && rule->group.empty())
        for (const Subject& subject : checked.subjects)
          if (subject.use->active) rule->check_use(subject, report);
      count_unjudged(*rule, report);
    }
    check_groups(checked);
  }

  /// Rules of a group, use by use: the first that reports ends the group for this use.
  void check_groups(const CheckedDocument& checked) {
    for (const Subject& subject : checked.subjects) {
      if (!subject.use->active) continue;
      std::vector<std::string_view> done;
      for (const Rule* rule : all_rules()) {
        if (rule->group.empty() || !rule->check_use) continue;
        if (checked.policy->settings(rule->info.name).severity == Severity::off) continue;
        if (std::find(done.begin(), done.end(), rule->group) != done.end()) continue;
        const std::size_t before = result_.findings.size();
        Report report(rule->info, *checked.policy, result_.findings);
        rule->check_use(subject, report);
        count_unjudged(*rule, report);
        if (result_.findings.size() > before) done.push_back(rule->group);
      }
    }
  }

  void check_project(const Rule& rule) {
    std::vector<CheckedDocument> files;
    for (const CheckedDocument& checked : checked_)
      if (checked.policy->settings(rule.info.name).severity != Severity::off) files.push_back(checked);
    if (files.empty()) return;
    const std::size_t before = result_.findings.size();
    Report report(rule.info, *files.front().policy, result_.findings);
    rule.check_project(files, report);
    count_unjudged(rule, report);
    for (std::size_t i = before; i < result_.findings.size(); ++i) {
      Finding& finding = result_.findings[i];
      for (const CheckedDocument& checked : files)
        if (checked.document->source == finding.place.source)
          finding.severity = checked.policy->settings(rule.info.name).severity;
    }
  }

  void count_unjudged(const Rule& rule, const Report& report) {
    if (report.unjudged() > 0) result_.unjudged[std::string(rule.info.name)] += report.unjudged();
  }

  std::vector<std::vector<Subject>> subjects_;
  std::vector<CheckedDocument> checked_;
  CheckResult result_;
};

std::string_view path_of(const Finding& finding) {
  return finding.place.source ? std::string_view(finding.place.source->path()) : std::string_view();
}

auto sort_key(const Finding& finding) {
  return std::tuple(path_of(finding), finding.place.span, finding.rule, std::string_view(finding.message));
}

}  // namespace

CheckResult check(std::span<const CheckTarget> targets) {
  CheckResult result = Run(targets).finish();
  const SilenceCounts counts = silence(targets, result.findings);
  result.suppressed = counts.suppressed;
  result.excepted = counts.excepted;
  return result;
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return sort_key(a) < sort_key(b); });
}

void merge_findings(std::vector<Finding>& findings) {
  std::size_t kept = 0;
  for (Finding& finding : findings) {
    if (kept == 0 || sort_key(findings[kept - 1]) != sort_key(finding)) {
      if (&findings[kept] != &finding) findings[kept] = std::move(finding);
      ++kept;
      continue;
    }
    Finding& first = findings[kept - 1];
    for (RelatedPlace& related : finding.related) {
      const bool known = std::any_of(first.related.begin(), first.related.end(),
                                     [&](const RelatedPlace& other) { return other.place == related.place; });
      if (!known) first.related.push_back(std::move(related));
    }
    if (!first.fix) first.fix = std::move(finding.fix);
  }
  findings.resize(kept);
}

}  // namespace imglint
