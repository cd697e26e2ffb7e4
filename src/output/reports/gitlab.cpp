// `gitlab`: the code quality report of GitLab.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "model/fingerprint.hpp"
#include "output/json_pieces.hpp"
#include "output/places.hpp"
#include "output/reports/failures.hpp"
#include "output/reports/report.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "major";
    case Severity::warning:
      return "minor";
    case Severity::info:
    case Severity::off:
      return "info";
  }
  return {};
}

/// A file that could not be judged is a finding of its own: the report has no other place for it.
Json failure_json(const Error& failure) {
  const std::string path = failure.path.empty() ? "imglint" : failure.path;
  const Source source(path, "");
  const Finding finding{.rule = failure_rule, .place = {&source, {}}, .message = failure.message};
  return {{"description", printable(failure.message)},
          {"check_name", failure_rule},
          {"fingerprint", fingerprints({&finding, 1}).front()},
          {"severity", "critical"},
          {"location",
           {{"path", report_path(path)}, {"lines", {{"begin", std::max<std::uint32_t>(1, failure.line)}}}}}};
}

Json finding_json(const Finding& finding, const std::string& print) {
  const std::uint32_t line = finding.place.source->position(finding.place.span.begin).line;
  return {{"description", printable(finding.message)},
          {"check_name", finding.rule},
          {"fingerprint", print},
          {"severity", severity_of(finding.severity)},
          {"location", {{"path", report_path(finding.place.source->path())}, {"lines", {{"begin", line}}}}}};
}

constexpr std::size_t indent = 2;

void begin(const CheckReport&, std::string& out) { out += '['; }

void file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  // GitLab shows one finding for each fingerprint.
  const std::vector<std::string> prints = fingerprints(file.findings);
  for (std::size_t index = 0; index < file.findings.size(); ++index) {
    if (index > 0) out += ',';
    append_item(finding_json(file.findings[index], prints[index]), indent, out);
  }
}

void end(const CheckReport& report, const ReportStyle&, std::string& out) {
  out += append_failures(report, failure_json, indent, out) ? "\n]\n" : "]\n";
}

}  // namespace

const ReportFormat report::gitlab{.name = "gitlab",
                                  .summary = "GitLab code quality report",
                                  .begin = begin,
                                  .file = file,
                                  .end = end,
                                  .between = ","};

}  // namespace imglint
