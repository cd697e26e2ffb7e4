// The table of report formats.
#include <algorithm>

#include "output/report.hpp"

namespace imglint {
namespace {

constexpr ReportFormat formats[] = {
    {"text", "the source line with the place underlined, related places, help", report::write_text},
    {"compact", "one line a finding: path:line:column: severity: message [rule]", report::write_compact},
    {"json", "one object with files, findings, failures and summary", report::write_json},
    {"jsonl", "one JSON object a finding and line", report::write_jsonl},
    {"sarif", "SARIF 2.1.0, for code scanning", report::write_sarif},
    {"github", "annotations of GitHub Actions", report::write_github},
    {"gitlab", "GitLab code quality report", report::write_gitlab},
    {"checkstyle", "Checkstyle XML", report::write_checkstyle},
    {"junit", "JUnit XML, a failed case for each finding", report::write_junit},
    {"rdjson", "reviewdog diagnostics", report::write_rdjson},
    {"html", "one page with charts, findings and the images in use", report::write_html, true},
};

}  // namespace

std::span<const ReportFormat> report_formats() { return formats; }

const ReportFormat* find_report_format(std::string_view name) {
  const auto* found = std::find_if(std::begin(formats), std::end(formats),
                                   [name](const ReportFormat& format) { return format.name == name; });
  return found == std::end(formats) ? nullptr : found;
}

}  // namespace imglint
