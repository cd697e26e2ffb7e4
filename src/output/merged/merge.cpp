#include "output/merged/merge.hpp"

#include <utility>

#include "base/counted.hpp"
#include "base/utf8.hpp"
#include "output/merged/merged_item.hpp"

namespace imglint {
void MergedCounts::add(const MergedCounts& more) {
  severities.add(more.severities);
  references += more.references;
  failures += more.failures;
}

MergedCounts MergedSummary::all() const {
  MergedCounts sum;
  for (const auto& [name, counts] : repositories) sum.add(counts);
  return sum;
}

std::optional<Error> Merge::add(const NamedReport& report, const NextBlock& next) {
  named_itself_ = took_name_ = false;
  const auto done = read_report(next, [&](ReportItem item) { return take(std::move(item), report); });
  for (const auto& [repository, prints] : here_) seen_[repository].compact();
  here_.clear();
  if (took_name_ || !named_itself_) summary_.repositories.try_emplace(report.repository);
  if (done) return std::nullopt;
  Error error = done.error();
  error.path = report.path == "-" ? "standard input" : report.path;
  take_failure({.repository = report.repository,
                .message = "its report could not be read to the end: " + error.message,
                .file = valid_utf8(error.path),
                .line = error.line,
                .column = error.column,
                .is_elsewhere = true});
  return error;
}

Result<void> Merge::take(ReportItem item, const NamedReport& report) {
  const std::string repository = repository_of(item, report.repository);
  (repository == report.repository ? took_name_ : named_itself_) = true;
  const bool inventory = item.kind == ItemKind::reference || item.kind == ItemKind::trouble;
  if (summary_.inventory.value_or(inventory) != inventory)
    return Error{.message = inventory ? "a reference, where the reports before it hold findings"
                                      : "a finding, where the reports before it hold references"};
  if (inventory && !writer_->only_for().empty())
    return Error{.message = "a reference, where this format is for " + std::string(writer_->only_for())};
  summary_.inventory = inventory;
  switch (item.kind) {
    case ItemKind::finding:
      return take_finding(std::move(item), repository);
    case ItemKind::reference:
      return take_reference(std::move(item), repository);
    case ItemKind::failure:
    case ItemKind::trouble:
      take_failure(merged_failure(item, repository));
      break;
  }
  return {};
}

Result<void> Merge::take_finding(ReportItem item, const std::string& repository) {
  const auto finding = merged_finding(std::move(item), repository, here_[repository]);
  if (!finding) return finding.error();
  if (!seen_[repository].is_new(finding->fingerprint)) {
    ++summary_.duplicates;
    return {};
  }
  summary_.repositories[repository].severities.add(finding->severity);
  writer_->add(*finding);
  return {};
}

Result<void> Merge::take_reference(ReportItem item, const std::string& repository) {
  const auto reference = merged_reference(std::move(item), repository, here_[repository]);
  if (!reference) return reference.error();
  if (!seen_[repository].is_new(reference->fingerprint)) {
    ++summary_.duplicates;
    return {};
  }
  ++summary_.repositories[repository].references;
  writer_->add(*reference);
  return {};
}

void Merge::take_failure(MergedFailure failure) {
  MergedCounts& counts = summary_.repositories[failure.repository];
  if (summary_.failures.insert(std::move(failure)).second)
    ++counts.failures;
  else
    ++summary_.duplicates;
}

std::string merged_summary_line(const MergedSummary& summary) {
  const MergedCounts all = summary.all();
  const std::uint64_t findings = all.severities.findings();
  std::string line = summary.inventory.value_or(false) ? counted(all.references, "reference")
                     : findings == 0                   ? "no findings"
                                                       : counted(findings, "finding");
  line += " in " + counted(summary.repositories.size(), "repository", "repositories");
  if (findings > 0) line += ": " + severity_text(all.severities);
  if (summary.duplicates > 0)
    line += "; " + std::to_string(summary.duplicates) +
            (summary.duplicates == 1 ? " was there twice" : " were there twice");
  if (all.failures > 0) line += "; " + std::to_string(all.failures) + " could not be judged";
  return line + '\n';
}

}  // namespace imglint
