// `gitlab`: the code quality report of GitLab.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "model/fingerprint.hpp"
#include "output/json_text.hpp"
#include "output/places.hpp"
#include "output/report.hpp"

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

}  // namespace

void report::write_gitlab(const CheckReport& report, const ReportStyle&, std::string& out) {
  // GitLab shows one finding for each fingerprint.
  const std::vector<std::string> prints = fingerprints(report.findings);
  Json all = Json::array();
  for (std::size_t index = 0; index < report.findings.size(); ++index) {
    const Finding& finding = report.findings[index];
    const std::uint32_t line = finding.place.source->position(finding.place.span.begin).line;
    all.push_back(
        {{"description", printable(finding.message)},
         {"check_name", finding.rule},
         {"fingerprint", prints[index]},
         {"severity", severity_of(finding.severity)},
         {"location", {{"path", report_path(finding.place.source->path())}, {"lines", {{"begin", line}}}}}});
  }
  for (const Error& failure : report.failures) all.push_back(failure_json(failure));
  out += harmless_json(all.dump(2));
  out += '\n';
}

}  // namespace imglint
