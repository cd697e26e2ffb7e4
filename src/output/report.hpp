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
#include "model/document.hpp"
#include "model/finding.hpp"
#include "policy/rule_info.hpp"
#include "source/source.hpp"

namespace imglint {

/// What a run saw beside its findings. What can be counted from the findings is counted by the formats.
struct ReportCounts {
  std::uint64_t references = 0;  ///< references seen in all files
  std::uint64_t suppressed = 0;  ///< findings that comments silenced
  std::uint64_t excepted = 0;    ///< findings that exceptions of the configuration silenced
  std::uint64_t baselined = 0;   ///< findings that the baseline hides
  std::uint64_t fixed = 0;       ///< findings that this run repaired in place
  std::map<std::string, std::uint64_t, std::less<>> unjudged;  ///< "cannot judge", by rule
  std::vector<std::string> stale;  ///< entries of the baseline that no finding answers to, for people
};

/// The name that failures have in formats that want one of a rule for everything.
inline constexpr std::string_view failure_rule = "not-judged";

/// Everything borrowed; findings in the order of all outputs (see sort_findings()).
struct CheckReport {
  std::span<const Finding> findings;
  std::span<const Source* const> files;        ///< every file that was judged, clean ones too, in order
  std::span<const Document* const> documents;  ///< of these files, for formats that show what is used
  std::span<const Error> failures;             ///< what was asked for and could not be judged; exit code 2
  std::span<const RuleInfo* const> rules;      ///< the catalogue, sorted by name
  ReportCounts counts;
  std::string_view version;  ///< of imglint, as `0.1.0`
};

/// How a person's terminal wants it; formats for machines ignore it.
struct ReportStyle {
  bool color = false;
  bool failures = true;  ///< false: standard error beside it shows the failures already
};

struct ReportFormat {
  std::string_view name;     ///< as given to --format
  std::string_view summary;  ///< one line for the help
  void (*write)(const CheckReport& report, const ReportStyle& style, std::string& out);  ///< appends
  bool shows_documents = false;  ///< needs CheckReport::documents and whole sources
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

/// One writer for each format; report_formats() is the way to them.
namespace report {
void write_text(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_compact(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_json(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_jsonl(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_sarif(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_github(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_gitlab(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_checkstyle(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_junit(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_html(const CheckReport& report, const ReportStyle& style, std::string& out);
void write_rdjson(const CheckReport& report, const ReportStyle& style, std::string& out);
}  // namespace report

}  // namespace imglint
