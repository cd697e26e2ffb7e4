// `checkstyle`: the XML of Checkstyle, which many continuous integration servers read. Clean files are listed
// without errors, so that a server sees them repaired.
#include <algorithm>

#include "output/places.hpp"
#include "output/reports/report.hpp"
#include "output/reports/xml.hpp"

namespace imglint {
namespace {

void append_error(std::string& out, const Finding& finding, Regions& regions) {
  const Region region = regions.of(finding.place);
  out += "    <error";
  append_attribute(out, "line", std::to_string(region.begin.line));
  append_attribute(out, "column", std::to_string(region.begin.column));
  append_attribute(out, "severity", to_string(finding.severity));
  append_attribute(out, "message", finding.message);
  append_attribute(out, "source", "imglint." + std::string(finding.rule));
  out += "/>\n";
}

void append_failure(std::string& out, const Error& failure) {
  out += "  <file";
  append_attribute(out, "name", failure.path.empty() ? "imglint" : report_path(failure.path));
  out += ">\n    <error";
  append_attribute(out, "line", std::to_string(std::max<std::uint32_t>(1, failure.line)));
  append_attribute(out, "severity", to_string(Severity::error));
  append_attribute(out, "message", failure.message);
  append_attribute(out, "source", "imglint." + std::string(failure_rule));
  out += "/>\n  </file>\n";
}

void begin(const CheckReport&, std::string& out) {
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
}

void file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  Regions regions;
  out += "  <file";
  append_attribute(out, "name", report_path(file.file->path()));
  if (file.findings.empty()) {
    out += "/>\n";
    return;
  }
  out += ">\n";
  for (const Finding& finding : file.findings) append_error(out, finding, regions);
  out += "  </file>\n";
}

void end(const CheckReport& report, const ReportStyle&, std::string& out) {
  for (const Error& failure : report.failures) append_failure(out, failure);
  out += "</checkstyle>\n";
}

}  // namespace

const ReportFormat report::checkstyle{
    .name = "checkstyle", .summary = "Checkstyle XML", .begin = begin, .file = file, .end = end};

}  // namespace imglint
