// `rdjson`: the diagnostics of reviewdog, with its suggestions. Its columns count bytes.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "base/utf8.hpp"
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
      return "ERROR";
    case Severity::warning:
      return "WARNING";
    case Severity::info:
    case Severity::off:
      return "INFO";
  }
  return {};
}

Json range_json(const Source& source, Span span) {
  const Position begin = source.position(span.begin);
  const Position end = source.position(span.end);
  return {{"start", {{"line", begin.line}, {"column", begin.column}}},
          {"end", {{"line", end.line}, {"column", end.column}}}};
}

Json location_json(const Location& place) {
  Json location = {{"path", report_path(place.source->path())}};
  if (!is_whole_file(place)) location["range"] = range_json(*place.source, place.span);
  return location;
}

/// Reviewdog takes each suggestion by itself and for the file of the finding, so a fix of several edits,
/// which only make sense together, is none.
void add_suggestion(Json& diagnostic, const Finding& finding) {
  if (!finding.fix || finding.fix->edits.size() != 1) return;
  const Edit& edit = finding.fix->edits.front();
  if (edit.source != finding.place.source) return;
  diagnostic["suggestions"] =
      Json::array({{{"range", range_json(*edit.source, edit.span)}, {"text", valid_utf8(edit.text)}}});
}

Json diagnostic_json(const Finding& finding) {
  Json diagnostic = {{"message", printable(finding.message)},
                     {"location", location_json(finding.place)},
                     {"severity", severity_of(finding.severity)},
                     {"code", {{"value", finding.rule}}}};
  add_suggestion(diagnostic, finding);
  if (finding.related.empty()) return diagnostic;
  Json related = Json::array();
  for (const RelatedPlace& place : finding.related)
    related.push_back({{"message", printable(place.message)}, {"location", location_json(place.place)}});
  diagnostic["relatedLocations"] = std::move(related);
  return diagnostic;
}

Json failure_json(const Error& failure) {
  Json location = {{"path", failure.path.empty() ? "imglint" : report_path(failure.path)}};
  if (failure.line != 0) location["range"] = {{"start", {{"line", failure.line}}}};
  return {{"message", printable(failure.message)},
          {"location", std::move(location)},
          {"severity", "ERROR"},
          {"code", {{"value", failure_rule}}}};
}

constexpr std::size_t indent = 4;

JsonFrame frame() {
  return frame_of_last_array({{"source", {{"name", "imglint"}}}, {"diagnostics", Json::array()}});
}

void begin(const CheckReport&, std::string& out) { out += frame().before; }

void file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  for (const Finding& finding : file.findings) {
    if (&finding != &file.findings.front()) out += ',';
    append_item(diagnostic_json(finding), indent, out);
  }
}

void end(const CheckReport& report, const ReportStyle&, std::string& out) {
  if (append_failures(report, failure_json, indent, out)) out += "\n  ";
  out += frame().after + '\n';
}

}  // namespace

const ReportFormat report::rdjson{.name = "rdjson",
                                  .summary = "reviewdog diagnostics",
                                  .begin = begin,
                                  .file = file,
                                  .end = end,
                                  .between = ","};

}  // namespace imglint
