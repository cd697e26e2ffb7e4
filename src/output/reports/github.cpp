// `github`: workflow commands that GitHub Actions turns into annotations.
#include "base/printable.hpp"
#include "output/places.hpp"
#include "output/reports/report.hpp"

namespace imglint {
namespace {

/// The escapes of the runner: for messages the first three, for properties all.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char byte : text) {
    if (byte == '%')
      out += "%25";
    else if (byte == ':' && property)
      out += "%3A";
    else if (byte == ',' && property)
      out += "%2C";
    else
      out += byte;
  }
  return out;
}

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
    case Severity::off:
      return "notice";
  }
  return {};
}

void append_property(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != ' ') out += ',';
  out += name;
  out += '=';
  out += escaped(value, true);
}

void append_finding(std::string& out, const Finding& finding, Regions& regions) {
  const Region region = regions.of(finding.place);
  out += "::";
  out += command_of(finding.severity);
  out += ' ';
  append_property(out, "title", finding.rule);
  append_property(out, "file", report_path(finding.place.source->path()));
  append_property(out, "line", std::to_string(region.begin.line));
  append_property(out, "endLine", std::to_string(region.end.line));
  // Columns of two lines make no sense to GitHub.
  if (region.begin.line == region.end.line && !is_whole_file(finding.place)) {
    append_property(out, "col", std::to_string(region.begin.column));
    append_property(out, "endColumn", std::to_string(region.end.column));
  }
  out += "::";
  out += escaped(printable(finding.message), false);
  out += '\n';
}

void append_failure(std::string& out, const Error& failure) {
  out += "::error ";
  append_property(out, "title", "not judged");
  if (!failure.path.empty()) append_property(out, "file", report_path(failure.path));
  if (failure.line != 0) append_property(out, "line", std::to_string(failure.line));
  out += "::";
  out += escaped(printable(failure.message), false);
  out += '\n';
}

void file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  Regions regions;
  for (const Finding& finding : file.findings) append_finding(out, finding, regions);
}

void end(const CheckReport& report, const ReportStyle&, std::string& out) {
  for (const Error& failure : report.failures) append_failure(out, failure);
}

}  // namespace

const ReportFormat report::github{
    .name = "github", .summary = "annotations of GitHub Actions", .begin = nullptr, .file = file, .end = end};

}  // namespace imglint
