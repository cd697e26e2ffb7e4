// CheckReport: what every report format is made from, and the table of formats. All formats show the same
// findings in the same order.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/finding.hpp"
#include "output/reports/tally.hpp"
#include "policy/rule_info.hpp"
#include "source/source.hpp"

namespace imglint {

struct Elsewhere;
namespace html {
class Overview;  // output/html/overview.hpp
}

/// What a run saw, findings counted.
struct ReportCounts {
  std::uint64_t files = 0;       ///< files that were judged
  std::uint64_t clean = 0;       ///< those of them in which nothing was found
  Tally tally;                   ///< of the findings
  std::uint64_t references = 0;  ///< references seen in all files
  std::uint64_t suppressed = 0;  ///< findings that comments silenced
  std::uint64_t excepted = 0;    ///< findings that exceptions of the configuration silenced
  std::uint64_t baselined = 0;   ///< findings that the baseline hides
  std::uint64_t fixed = 0;       ///< findings that this run repaired in place
  bool repairs = false;          ///< it was asked to
  std::map<std::string, std::uint64_t, std::less<>> unjudged;  ///< "cannot judge", by rule
  std::vector<std::string> stale;  ///< entries of the baseline that no finding answers to, for people
};

/// The name that failures have in formats that want one of a rule for everything.
inline constexpr std::string_view failure_rule = "not-judged";

/// Everything borrowed; findings in the order of all outputs (see sort_findings()). Findings and files that a
/// report has written already are left out, but counted.
struct CheckReport {
  std::span<const Finding> findings;
  std::span<const Source* const> files;      ///< every file that was judged, clean ones too, in order
  const html::Overview* overview = nullptr;  ///< of all files, for formats that show it
  const Elsewhere* elsewhere = nullptr;      ///< what is used in files that are not read; null: not known
  std::span<const Error> failures;           ///< what was asked for and could not be judged; exit code 2
  std::span<const Error> no_texts;           ///< files of which nothing was judged, as a finding in each says
  std::span<const RuleInfo* const> rules;    ///< the catalogue, sorted by name
  ReportCounts counts;
  std::string_view version;     ///< of imglint, as `0.1.0`
  std::string_view title = {};  ///< for formats that have one
  std::string_view date = {};   ///< that facts are judged by, as 2027-01-31
};

/// How a person's terminal wants it; formats for machines ignore it.
struct ReportStyle {
  bool color = false;
  bool failures = true;  ///< false: standard error beside it shows the failures already
};

/// Findings that follow each other in the report and stand in one file. Empty for a clean file.
struct FileFindings {
  const Source* file = nullptr;
  std::span<const Finding> findings;
};

/// A format writes a report in pieces: its beginning, those of the files, its end. All append. Between the
/// beginning and the findings some list all files.
struct ReportFormat {
  std::string_view name;     ///< as given to --format
  std::string_view summary;  ///< one line for the help
  /// Null if it writes nothing then.
  void (*begin)(const CheckReport& report, std::string& out);
  /// A judged file in that list, and what ends it. Null: there is none.
  void (*listed)(const Source& file, std::string& out) = nullptr;
  void (*end_list)(const CheckReport& report, std::string& out) = nullptr;
  /// Any file's, at any time and on any thread; asks the report for its rules only. Null: see begin.
  void (*file)(const CheckReport& report, const ReportStyle& style, const FileFindings& file,
               std::string& out);
  void (*end)(const CheckReport& report, const ReportStyle& style, std::string& out);
  std::string_view between = {};  ///< what stands between findings, and between the pieces of files
  bool begins_with_all = false;   ///< the beginning needs the whole report, or it lists the files
  bool has_overview = false;      ///< needs CheckReport::overview
};

/// All formats, the default first.
[[nodiscard]] std::span<const ReportFormat> report_formats();
/// Null if there is none of that name.
[[nodiscard]] const ReportFormat* find_report_format(std::string_view name);

/// `4 findings in 12 files: 1 error, 3 warnings (2 fixable with --fix, 1 with --unsafe-fixes)`, with what
/// was hidden or could not be judged; ends in a newline. For standard error.
[[nodiscard]] std::string summary_line(const CheckReport& report);
/// The table of --stats: findings by rule and severity, then the counts. Ends in a newline.
[[nodiscard]] std::string stats_table(const CheckReport& report);

/// What there is already of that which keeps a run quiet.
struct StepsDone {
  bool configuration = false;
  bool baseline = false;  ///< a file of the usual name, which no configuration names
};

/// What is left to do about many findings: the commands that make them fewer, in an order whose end reports
/// what is new; before all of them the counts by rule.
[[nodiscard]] std::string first_steps(const CheckReport& report, const StepsDone& done);

// One for each format; report_formats() is the way to them.
namespace report {
extern const ReportFormat text, compact, json, jsonl, sarif, github, gitlab, checkstyle, junit, rdjson, html;
}  // namespace report

}  // namespace imglint
