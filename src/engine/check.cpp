#include "engine/check.hpp"

#include <algorithm>
#include <iterator>
#include <map>
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
    std::vector<const Rule*> grouped;
    for (const Rule* rule : all_rules())
      if (!rule->group.empty() && rule->check_use &&
          checked.policy->settings(rule->info.name).severity != Severity::off)
        grouped.push_back(rule);
    for (const Subject& subject : checked.subjects) {
      if (!subject.use->active) continue;
      std::vector<std::string_view> done;
      for (const Rule* rule : grouped) {
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
    std::map<const Source*, Severity> severities;
    for (const CheckedDocument& checked : files)
      severities[checked.document->source] = checked.policy->settings(rule.info.name).severity;
    for (std::size_t i = before; i < result_.findings.size(); ++i) {
      Finding& finding = result_.findings[i];
      if (const auto found = severities.find(finding.place.source); found != severities.end())
        finding.severity = found->second;
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

namespace {

/// Each place once, in the order of sort_findings().
void sort_related(std::vector<RelatedPlace>& related) {
  const auto key = [](const RelatedPlace& place) {
    return std::tuple(place.place.source ? std::string_view(place.place.source->path()) : std::string_view(),
                      place.place.span);
  };
  std::stable_sort(related.begin(), related.end(),
                   [&](const RelatedPlace& a, const RelatedPlace& b) { return key(a) < key(b); });
  const auto end =
      std::unique(related.begin(), related.end(),
                  [](const RelatedPlace& a, const RelatedPlace& b) { return a.place == b.place; });
  related.erase(end, related.end());
}

}  // namespace

void merge_findings(std::vector<Finding>& findings) {
  std::size_t kept = 0;
  for (std::size_t begin = 0; begin < findings.size(); ++kept) {
    if (kept != begin) findings[kept] = std::move(findings[begin]);
    Finding& first = findings[kept];
    std::size_t end = begin + 1;
    for (; end < findings.size() && sort_key(findings[end]) == sort_key(first); ++end) {
      std::move(findings[end].related.begin(), findings[end].related.end(),
                std::back_inserter(first.related));
      if (!first.fix) first.fix = std::move(findings[end].fix);
    }
    if (end > begin + 1) sort_related(first.related);
    begin = end;
  }
  findings.erase(findings.begin() + static_cast<std::ptrdiff_t>(kept), findings.end());
}

}  // namespace imglint
