// `sarif`: SARIF 2.1.0 for GitHub code scanning and others, with regions in UTF-16 units, fixes, fingerprints
// and the catalogue of rules.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "model/fingerprint.hpp"
#include "output/json_pieces.hpp"
#include "output/places.hpp"
#include "output/reports/report.hpp"
#include "output/reports/sarif_parts.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

Json region_json(const Location& place, Regions& regions) {
  const Region region = regions.of(place);
  return {{"startLine", region.begin.line},
          {"startColumn", region.begin.column},
          {"endLine", region.end.line},
          {"endColumn", region.end.column}};
}

Json physical_json(const Location& place, Regions& regions) {
  Json physical = {{"artifactLocation", sarif::artifact(place.source->path())}};
  if (!is_whole_file(place)) physical["region"] = region_json(place, regions);
  return physical;
}

Json fix_json(const Fix& fix, Regions& regions) {
  std::vector<std::pair<const Source*, Json>> files;
  for (const Edit& edit : fix.edits) {
    auto file =
        std::find_if(files.begin(), files.end(), [&](const auto& item) { return item.first == edit.source; });
    if (file == files.end()) file = files.insert(files.end(), {edit.source, Json::array()});
    Json replacement = {{"deletedRegion", region_json({edit.source, edit.span}, regions)}};
    if (!edit.text.empty()) replacement["insertedContent"] = {{"text", valid_utf8(edit.text)}};
    file->second.push_back(std::move(replacement));
  }
  Json changes = Json::array();
  for (auto& [source, replacements] : files)
    changes.push_back(
        {{"artifactLocation", sarif::artifact(source->path())}, {"replacements", std::move(replacements)}});
  return {{"description", sarif::message(fix.title)}, {"artifactChanges", std::move(changes)}};
}

Json related_json(const std::vector<RelatedPlace>& related, Regions& regions) {
  Json locations = Json::array();
  for (const RelatedPlace& place : related)
    locations.push_back({{"id", locations.size() + 1},
                         {"physicalLocation", physical_json(place.place, regions)},
                         {"message", sarif::message(place.message)}});
  return locations;
}

Json result_json(const CheckReport& report, const Finding& finding, const std::string& print,
                 Regions& regions) {
  const auto rule = std::find_if(report.rules.begin(), report.rules.end(),
                                 [&](const RuleInfo* info) { return info->name == finding.rule; });
  Json result = {{"ruleId", finding.rule}};
  if (rule != report.rules.end()) result["ruleIndex"] = rule - report.rules.begin();
  result["level"] = sarif::level_of(finding.severity);
  result["message"] = sarif::message(finding.message);
  result["locations"] = Json::array({{{"physicalLocation", physical_json(finding.place, regions)}}});
  if (!finding.related.empty()) result["relatedLocations"] = related_json(finding.related, regions);
  result["partialFingerprints"] = {{"imglint/v1", print}};
  // Consumers offer to apply what stands here; a suggestion may be wrong and is left to people.
  if (finding.fix && finding.fix->safety != Safety::suggestion)
    result["fixes"] = Json::array({fix_json(*finding.fix, regions)});
  return result;
}

Json invocation_json(const CheckReport& report) {
  Json notifications = Json::array();
  for (const auto failures : {report.failures, report.no_texts})
    for (const Error& failure : failures)
      notifications.push_back(sarif::notification(
          failure.message, failure.path.empty() ? Json() : sarif::artifact(failure.path), failure.line));
  return {{"executionSuccessful", notifications.empty()},
          {"toolExecutionNotifications", std::move(notifications)}};
}

/// Around the results.
JsonFrame frame(const CheckReport& report) {
  return frame_of_last_array(sarif::log({{"tool", sarif::tool(report.rules, report.version)},
                                         {"columnKind", "utf16CodeUnits"},
                                         {"invocations", Json::array({invocation_json(report)})},
                                         {"results", Json::array()}}));
}

void begin(const CheckReport& report, std::string& out) { out += frame(report).before; }

void file(const CheckReport& report, const ReportStyle&, const FileFindings& file, std::string& out) {
  Regions regions;
  const std::vector<std::string> prints = fingerprints(file.findings);
  for (std::size_t index = 0; index < file.findings.size(); ++index) {
    if (index > 0) out += ',';
    append_item(result_json(report, file.findings[index], prints[index], regions), 8, out);
  }
}

void end(const CheckReport& report, const ReportStyle&, std::string& out) {
  if (report.counts.tally.findings() > 0) out += "\n      ";
  out += frame(report).after + '\n';
}

}  // namespace

/// What could not be judged stands before the results.
const ReportFormat report::sarif{.name = "sarif",
                                 .summary = "SARIF 2.1.0, for code scanning",
                                 .begin = begin,
                                 .file = file,
                                 .end = end,
                                 .between = ",",
                                 .begins_with_all = true};

}  // namespace imglint
