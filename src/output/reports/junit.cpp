// `junit`: one suite a file, one failed case a finding, and one passed case for a clean file.
#include <algorithm>

#include "base/printable.hpp"
#include "output/places.hpp"
#include "output/reports/report.hpp"
#include "output/reports/xml.hpp"

namespace imglint {
namespace {

void open_suite(std::string& out, std::string_view name, std::size_t tests, std::size_t failures,
                std::size_t errors) {
  out += "  <testsuite";
  append_attribute(out, "name", name);
  append_attribute(out, "tests", std::to_string(tests));
  append_attribute(out, "failures", std::to_string(failures));
  append_attribute(out, "errors", std::to_string(errors));
  append_attribute(out, "skipped", "0");
  append_attribute(out, "time", "0");
  out += ">\n";
}

void open_case(std::string& out, std::string_view path, std::string_view name, std::uint32_t line) {
  out += "    <testcase";
  append_attribute(out, "classname", path);
  append_attribute(out, "name", name);
  append_attribute(out, "file", path);
  if (line != 0) append_attribute(out, "line", std::to_string(line));
  append_attribute(out, "time", "0");
}

void append_failed_case(std::string& out, std::string_view path, const Finding& finding, Regions& regions) {
  const Region region = regions.of(finding.place);
  const std::string place = std::to_string(region.begin.line) + ":" + std::to_string(region.begin.column);
  open_case(out, path, std::string(finding.rule) + " " + place, region.begin.line);
  out += ">\n      <failure";
  append_attribute(out, "type", to_string(finding.severity));
  append_attribute(out, "message", finding.message);
  out += '>';
  out += xml_text(std::string(path) + ":" + place + ": " + printable(finding.message));
  if (finding.fix) out += xml_text(" (" + printable(finding.fix->title) + ")");
  out += "</failure>\n    </testcase>\n";
}

void append_failures(std::string& out, std::span<const Error> failures) {
  if (failures.empty()) return;
  open_suite(out, "not judged", failures.size(), 0, failures.size());
  for (const Error& failure : failures) {
    open_case(out, failure.path.empty() ? "imglint" : report_path(failure.path), "not judged", failure.line);
    out += ">\n      <error";
    append_attribute(out, "type", "failure");
    append_attribute(out, "message", failure.message);
    out += "/>\n    </testcase>\n";
  }
  out += "  </testsuite>\n";
}

void begin(const CheckReport& report, std::string& out) {
  const std::uint64_t findings = report.counts.tally.findings();
  const std::uint64_t tests = report.failures.size() + findings + report.counts.clean;
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"imglint\"";
  append_attribute(out, "tests", std::to_string(tests));
  append_attribute(out, "failures", std::to_string(findings));
  append_attribute(out, "errors", std::to_string(report.failures.size()));
  out += ">\n";
}

void file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  Regions regions;
  const std::string path = report_path(file.file->path());
  open_suite(out, path, std::max<std::size_t>(1, file.findings.size()), file.findings.size(), 0);
  if (file.findings.empty()) {
    open_case(out, path, "no findings", 0);
    out += "/>\n";
  }
  for (const Finding& finding : file.findings) append_failed_case(out, path, finding, regions);
  out += "  </testsuite>\n";
}

void end(const CheckReport& report, const ReportStyle&, std::string& out) {
  append_failures(out, report.failures);
  out += "</testsuites>\n";
}

}  // namespace

const ReportFormat report::junit{.name = "junit",
                                 .summary = "JUnit XML, a failed case for each finding",
                                 .begin = begin,
                                 .file = file,
                                 .end = end,
                                 .begins_with_all = true};

}  // namespace imglint
