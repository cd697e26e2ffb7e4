// The project's own JSON: `json`, one object with everything, and `jsonl`, one finding a line
// (docs/design.md 5).
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "output/json_pieces.hpp"
#include "output/json_text.hpp"
#include "output/places.hpp"
#include "output/reports/report.hpp"
#include "output/reports/tally.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

/// Adds the fields of a place to an object.
void add_place(Json& object, const Location& place, Regions& regions) {
  const Position begin = place.source->position(place.span.begin);
  const Position end = place.source->position(place.span.end);
  const Region region = regions.of(place);
  object["file"] = valid_utf8(place.source->path());
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
  object["utf16_column"] = region.begin.column;
  object["utf16_end_column"] = region.end.column;
  object["start"] = place.span.begin;
  object["end"] = place.span.end;
}

Json fix_json(const Fix& fix) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits)
    edits.push_back({{"file", valid_utf8(edit.source->path())},
                     {"start", edit.span.begin},
                     {"end", edit.span.end},
                     {"text", valid_utf8(edit.text)}});
  return {{"title", valid_utf8(fix.title)}, {"safety", to_string(fix.safety)}, {"edits", std::move(edits)}};
}

Json finding_json(const Finding& finding, Regions& regions) {
  Json object = {{"rule", finding.rule},
                 {"severity", to_string(finding.severity)},
                 {"message", valid_utf8(finding.message)}};
  add_place(object, finding.place, regions);
  object["subject"] = valid_utf8(finding.subject);
  Json related = Json::array();
  for (const RelatedPlace& place : finding.related) {
    Json item;
    add_place(item, place.place, regions);
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
  const Tally& counts = report.counts.tally;
  Json unjudged = Json::object();
  for (const auto& [rule, number] : report.counts.unjudged) unjudged[rule] = number;
  return {{"files", report.counts.files},        {"references", report.counts.references},
          {"findings", counts.findings()},       {"errors", counts.errors},
          {"warnings", counts.warnings},         {"infos", counts.infos},
          {"safe_fixes", counts.safe_fixes},     {"unsafe_fixes", counts.unsafe_fixes},
          {"fixed", report.counts.fixed},        {"suppressed", report.counts.suppressed},
          {"excepted", report.counts.excepted},  {"baselined", report.counts.baselined},
          {"stale", report.counts.stale.size()}, {"unjudged", std::move(unjudged)}};
}

constexpr std::size_t indent = 4;

void json_begin(const CheckReport& report, std::string& out) {
  out += frame_of_last_array({{"version", report.version}, {"files", Json::array()}}).before;
}

void json_listed(const Source& file, std::string& out) { append_item(valid_utf8(file.path()), indent, out); }

void json_end_list(const CheckReport& report, std::string& out) {
  out += report.counts.files == 0 ? "],\n" : "\n  ],\n";
  out += "  \"findings\": [";
}

void json_file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  Regions regions;
  for (const Finding& finding : file.findings) {
    if (&finding != &file.findings.front()) out += ',';
    append_item(finding_json(finding, regions), indent, out);
  }
}

void json_end(const CheckReport& report, const ReportStyle&, std::string& out) {
  Json failures = Json::array();
  for (const auto errors : {report.failures, report.no_texts})
    for (const Error& error : errors) failures.push_back(failure_json(error));
  const Json rest = {{"failures", std::move(failures)}, {"summary", summary_json(report)}};
  out += report.counts.tally.findings() > 0 ? "\n  ]," : "],";
  out += harmless_json(rest.dump(2)).substr(1) + '\n';
}

void jsonl_file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  Regions regions;
  for (const Finding& finding : file.findings) {
    out += harmless_json(finding_json(finding, regions).dump());
    out += '\n';
  }
}

void jsonl_end(const CheckReport& report, const ReportStyle&, std::string& out) {
  for (const auto failures : {report.failures, report.no_texts})
    for (const Error& failure : failures) {
      Json object = {{"rule", nullptr}, {"severity", to_string(Severity::error)}};
      object.update(failure_json(failure));
      out += harmless_json(object.dump());
      out += '\n';
    }
}

}  // namespace

/// What was judged stands before the findings.
const ReportFormat report::json{.name = "json",
                                .summary = "one object with files, findings, failures and summary",
                                .begin = json_begin,
                                .listed = json_listed,
                                .end_list = json_end_list,
                                .file = json_file,
                                .end = json_end,
                                .between = ",",
                                .begins_with_all = true};
const ReportFormat report::jsonl{.name = "jsonl",
                                 .summary = "one JSON object a finding and line",
                                 .begin = nullptr,
                                 .file = jsonl_file,
                                 .end = jsonl_end};

}  // namespace imglint
