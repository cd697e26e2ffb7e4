// The project's own JSON: `json`, one object with everything, and `jsonl`, one finding a line
// (docs/design.md 5).
#include <map>

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "output/report.hpp"
#include "output/tally.hpp"
#include "source/utf16_columns.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

/// Makes places; keeps the UTF-16 table of each file.
class Places {
 public:
  /// Adds the fields of a place to an object.
  void add(Json& object, const Location& place) {
    const Source& source = *place.source;
    const Position begin = source.position(place.span.begin);
    const Position end = source.position(place.span.end);
    const Utf16Columns& columns = columns_.try_emplace(&source, source).first->second;
    object["file"] = valid_utf8(source.path());
    object["line"] = begin.line;
    object["column"] = begin.column;
    object["end_line"] = end.line;
    object["end_column"] = end.column;
    object["utf16_column"] = columns.position(place.span.begin).column;
    object["utf16_end_column"] = columns.position(place.span.end).column;
    object["start"] = place.span.begin;
    object["end"] = place.span.end;
  }

 private:
  std::map<const Source*, Utf16Columns> columns_;
};

std::string_view name_of(Safety safety) {
  switch (safety) {
    case Safety::safe:
      return "safe";
    case Safety::unsafe:
      return "unsafe";
    case Safety::suggestion:
      return "suggestion";
  }
  return {};
}

Json fix_json(const Fix& fix) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits)
    edits.push_back({{"file", valid_utf8(edit.source->path())},
                     {"start", edit.span.begin},
                     {"end", edit.span.end},
                     {"text", valid_utf8(edit.text)}});
  return {{"title", valid_utf8(fix.title)}, {"safety", name_of(fix.safety)}, {"edits", std::move(edits)}};
}

Json finding_json(const Finding& finding, Places& places) {
  Json object = {{"rule", finding.rule},
                 {"severity", to_string(finding.severity)},
                 {"message", valid_utf8(finding.message)}};
  places.add(object, finding.place);
  object["subject"] = valid_utf8(finding.subject);
  Json related = Json::array();
  for (const RelatedPlace& place : finding.related) {
    Json item;
    places.add(item, place.place);
    item["message"] = valid_utf8(place.message);
    related.push_back(std::move(item));
  }
  object["related"] = std::move(related);
  object["fix"] = finding.fix ? fix_json(*finding.fix) : Json(nullptr);
  return object;
}

Json failure_json(const Error& error) {
  return {{"message", valid_utf8(error.message)},
          {"file", error.path.empty() ? Json(nullptr) : Json(valid_utf8(error.path))},
          {"line", error.line},
          {"column", error.column}};
}

Json summary_json(const CheckReport& report) {
  const Tally counts = tally(report);
  Json unjudged = Json::object();
  for (const auto& [rule, number] : report.counts.unjudged) unjudged[rule] = number;
  return {{"files", report.files.size()},       {"references", report.counts.references},
          {"findings", counts.findings()},      {"errors", counts.errors},
          {"warnings", counts.warnings},        {"infos", counts.infos},
          {"safe_fixes", counts.safe_fixes},    {"unsafe_fixes", counts.unsafe_fixes},
          {"fixed", report.counts.fixed},       {"suppressed", report.counts.suppressed},
          {"excepted", report.counts.excepted}, {"baselined", report.counts.baselined},
          {"unjudged", std::move(unjudged)}};
}

}  // namespace

namespace report {

void write_json(const CheckReport& report, const ReportStyle&, std::string& out) {
  Places places;
  Json files = Json::array();
  for (const Source* source : report.files) files.push_back(valid_utf8(source->path()));
  Json findings = Json::array();
  for (const Finding& finding : report.findings) findings.push_back(finding_json(finding, places));
  Json failures = Json::array();
  for (const Error& error : report.failures) failures.push_back(failure_json(error));
  const Json all = {{"version", report.version},
                    {"files", std::move(files)},
                    {"findings", std::move(findings)},
                    {"failures", std::move(failures)},
                    {"summary", summary_json(report)}};
  out += all.dump(2);
  out += '\n';
}

void write_jsonl(const CheckReport& report, const ReportStyle&, std::string& out) {
  Places places;
  for (const Finding& finding : report.findings) {
    out += finding_json(finding, places).dump();
    out += '\n';
  }
}

}  // namespace report
}  // namespace imglint
