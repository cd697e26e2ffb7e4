#include "output/reports/tally.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/counted.hpp"
#include "base/printable.hpp"
#include "check/baseline.hpp"
#include "output/reports/report.hpp"

namespace imglint {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += ", ";
    text += part;
  }
  return text;
}

void add_if(std::vector<std::string>& parts, std::uint64_t number, std::string_view what) {
  if (number != 0) parts.push_back(std::to_string(number) + std::string(what));
}

/// How many files nothing was judged of.
std::uint64_t unread_files(const CheckReport& report) {
  return report.failures.size() + report.no_texts.size();
}

}  // namespace

void SeverityCounts::add(Severity severity) {
  switch (severity) {
    case Severity::error:
      ++errors;
      break;
    case Severity::warning:
      ++warnings;
      break;
    case Severity::info:
    case Severity::off:
      ++infos;
      break;
  }
}

void SeverityCounts::add(const SeverityCounts& more) {
  errors += more.errors;
  warnings += more.warnings;
  infos += more.infos;
}

bool SeverityCounts::reaches(Severity severity) const {
  switch (severity) {
    case Severity::error:
      return errors > 0;
    case Severity::warning:
      return errors + warnings > 0;
    case Severity::info:
    case Severity::off:
      return findings() > 0;
  }
  return false;
}

std::string severity_text(const SeverityCounts& counts) {
  std::vector<std::string> parts;
  if (counts.errors != 0) parts.push_back(counted(counts.errors, "error"));
  if (counts.warnings != 0) parts.push_back(counted(counts.warnings, "warning"));
  if (counts.infos != 0) parts.push_back(std::to_string(counts.infos) + " info");
  return joined(parts);
}

void Tally::add(const Finding& finding) {
  SeverityCounts::add(finding.severity);
  rules[finding.rule].add(finding.severity);
  if (!finding.fix) return;
  if (finding.fix->safety == Safety::safe) ++safe_fixes;
  if (finding.fix->safety == Safety::unsafe) ++unsafe_fixes;
}

void Tally::add(const Tally& more) {
  SeverityCounts::add(more);
  safe_fixes += more.safe_fixes;
  unsafe_fixes += more.unsafe_fixes;
  for (const auto& [rule, row] : more.rules) rules[rule].add(row);
}

std::string summary_line(const CheckReport& report) {
  const Tally& counts = report.counts.tally;
  std::string line = counts.findings() == 0 ? "no findings" : counted(counts.findings(), "finding");
  line += " in " + counted(report.counts.files, "file");
  if (counts.findings() != 0) line += ": " + severity_text(counts);
  std::vector<std::string> remarks;
  add_if(remarks, report.counts.fixed, " fixed");
  if (report.counts.repairs && report.counts.fixed == 0 && counts.findings() != 0)
    remarks.emplace_back("none fixed");
  add_if(remarks, counts.safe_fixes, " fixable with --fix");
  add_if(remarks, counts.unsafe_fixes, " with --unsafe-fixes");
  add_if(remarks, report.counts.baselined, " hidden by the baseline");
  if (!remarks.empty()) line += " (" + joined(remarks) + ")";
  if (const std::size_t stale = report.counts.stale.size(); stale != 0)
    line += "; " + std::to_string(stale) + (stale == 1 ? " entry" : " entries") +
            " of the baseline found no more";
  if (const std::uint64_t unread = unread_files(report); unread != 0)
    line += "; " + std::to_string(unread) + " could not be judged";
  line += '\n';
  return line;
}

namespace {

struct Row {
  SeverityCounts findings;
  std::uint64_t unjudged = 0;
};

std::string cell(std::uint64_t number, std::size_t width = 9) {
  const std::string text = number == 0 ? "-" : std::to_string(number);
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string row_text(std::string_view name, std::size_t width, const Row& row) {
  std::string line(name);
  line.append(width - std::min(width, name.size()), ' ');
  return line + cell(row.findings.errors) + cell(row.findings.warnings) + cell(row.findings.infos) +
         cell(row.unjudged, 12) + '\n';
}

}  // namespace

std::string stats_table(const CheckReport& report) {
  std::map<std::string_view, Row> rows;
  for (const auto& [rule, findings] : report.counts.tally.rules) rows[rule].findings = findings;
  for (const auto& [rule, number] : report.counts.unjudged) rows[rule].unjudged += number;
  std::size_t width = std::string_view("rule").size();
  for (const auto& [rule, row] : rows) width = std::max(width, rule.size());
  std::string table = "rule" + std::string(width - 4, ' ') + "    error  warning     info  not judged\n";
  const Tally& all = report.counts.tally;
  std::uint64_t unjudged = 0;
  for (const auto& [rule, row] : rows) {
    table += row_text(rule, width, row);
    unjudged += row.unjudged;
  }
  table += row_text("all", width, {all, unjudged});
  const auto& counts = report.counts;
  table += counted(report.counts.files, "file") + ", " + counted(counts.references, "reference") + ", " +
           std::to_string(counts.suppressed) + " suppressed, " + std::to_string(counts.excepted) +
           " excepted, " + std::to_string(counts.baselined) + " in the baseline, " +
           std::to_string(counts.fixed) + " fixed, " + counted(unread_files(report), "file") +
           " not judged\n";
  for (const std::string& entry : counts.stale)
    table += "in the baseline, found no more: " + printable(entry) + '\n';
  return table;
}

std::string first_steps(const CheckReport& report, const StepsDone& done) {
  const std::uint64_t safe = report.counts.tally.safe_fixes;
  std::string text = done.configuration ? "" : "\n" + stats_table(report);
  text += "\nTo make this quiet, so that only what is new is reported:\n";
  if (safe > 0)
    text +=
        "  imglint check --fix             makes " + counted(safe, "safe change") + "; --diff shows them\n";
  if (!done.baseline)
    text += "  imglint check --write-baseline  notes what is left in " + std::string(default_baseline) + "\n";
  return text +
         (done.configuration
              ? "  baseline: " + std::string(default_baseline) +
                    "  as a line of the configuration hides what is noted\n"
              : "  imglint init                    a configuration of what is in use; it hides what is "
                "noted\n");
}

}  // namespace imglint
