// `sarif`: SARIF 2.1.0 for GitHub code scanning and others, with regions in UTF-16 units, fixes, fingerprints
// and the catalogue of rules.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "model/fingerprint.hpp"
#include "output/json_pieces.hpp"
#include "output/places.hpp"
#include "output/reports/report.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "note";
    case Severity::off:
      return "none";
  }
  return {};
}

/// A path as the path of an URI: every byte that is no unreserved character or slash as %XX.
std::string uri_path(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  constexpr std::string_view plain = "-._~/";
  std::string out;
  for (const char byte : path) {
    const auto value = static_cast<unsigned char>(byte);
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    if (letter || (byte >= '0' && byte <= '9') || plain.find(byte) != std::string_view::npos) {
      out += byte;
    } else {
      out += '%';
      out += "0123456789ABCDEF"[value >> 4];
      out += "0123456789ABCDEF"[value & 0xF];
    }
  }
  return out;
}

Json artifact_json(std::string_view path) {
  if (path.starts_with('/')) return {{"uri", "file://" + uri_path(path)}};
  return {{"uri", uri_path(path)}, {"uriBaseId", "%SRCROOT%"}};
}

Json region_json(const Location& place, Regions& regions) {
  const Region region = regions.of(place);
  return {{"startLine", region.begin.line},
          {"startColumn", region.begin.column},
          {"endLine", region.end.line},
          {"endColumn", region.end.column}};
}

Json physical_json(const Location& place, Regions& regions) {
  Json physical = {{"artifactLocation", artifact_json(place.source->path())}};
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
        {{"artifactLocation", artifact_json(source->path())}, {"replacements", std::move(replacements)}});
  return {{"description", {{"text", printable(fix.title)}}}, {"artifactChanges", std::move(changes)}};
}

Json related_json(const std::vector<RelatedPlace>& related, Regions& regions) {
  Json locations = Json::array();
  for (const RelatedPlace& place : related)
    locations.push_back({{"id", locations.size() + 1},
                         {"physicalLocation", physical_json(place.place, regions)},
                         {"message", {{"text", printable(place.message)}}}});
  return locations;
}

Json result_json(const CheckReport& report, const Finding& finding, const std::string& print,
                 Regions& regions) {
  const auto rule = std::find_if(report.rules.begin(), report.rules.end(),
                                 [&](const RuleInfo* info) { return info->name == finding.rule; });
  Json result = {{"ruleId", finding.rule}};
  if (rule != report.rules.end()) result["ruleIndex"] = rule - report.rules.begin();
  result["level"] = level_of(finding.severity);
  result["message"] = {{"text", printable(finding.message)}};
  result["locations"] = Json::array({{{"physicalLocation", physical_json(finding.place, regions)}}});
  if (!finding.related.empty()) result["relatedLocations"] = related_json(finding.related, regions);
  result["partialFingerprints"] = {{"imglint/v1", print}};
  // Consumers offer to apply what stands here; a suggestion may be wrong and is left to people.
  if (finding.fix && finding.fix->safety != Safety::suggestion)
    result["fixes"] = Json::array({fix_json(*finding.fix, regions)});
  return result;
}

/// `MissingTag` of `missing-tag`: SARIF wants an identifier beside the id.
std::string pascal_case(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char byte : name) {
    if (byte == '-') {
      upper = true;
    } else {
      out += upper && byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
      upper = false;
    }
  }
  return out;
}

/// A sentence with its full stop, as SARIF asks.
std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out.back() != '.') out += '.';
  return out;
}

Json rule_json(const RuleInfo& rule) {
  // States of references are shown like rules, but are none.
  const std::string more =
      rule.examples.empty() ? "" : " See 'imglint explain " + std::string(rule.name) + "'.";
  Json configuration = {{"level", level_of(rule.severity)}};
  if (rule.severity == Severity::off)
    configuration = {{"enabled", false}, {"level", level_of(rule.strict_severity)}};
  return {{"id", rule.name},
          {"name", pascal_case(rule.name)},
          {"shortDescription", {{"text", sentence(rule.summary)}}},
          {"fullDescription", {{"text", sentence(rule.why)}}},
          {"help", {{"text", sentence(rule.why) + more}}},
          {"defaultConfiguration", std::move(configuration)}};
}

Json invocation_json(const CheckReport& report) {
  Json notifications = Json::array();
  for (const Error& failure : report.failures) {
    Json notification = {{"level", "error"}, {"message", {{"text", printable(failure.message)}}}};
    if (!failure.path.empty()) {
      Json physical = {{"artifactLocation", artifact_json(failure.path)}};
      if (failure.line != 0) physical["region"] = {{"startLine", failure.line}};
      notification["locations"] = Json::array({{{"physicalLocation", std::move(physical)}}});
    }
    notifications.push_back(std::move(notification));
  }
  return {{"executionSuccessful", report.failures.empty()},
          {"toolExecutionNotifications", std::move(notifications)}};
}

/// Around the results.
JsonFrame frame(const CheckReport& report) {
  Json rules = Json::array();
  for (const RuleInfo* rule : report.rules) rules.push_back(rule_json(*rule));
  Json driver = {{"name", "imglint"}, {"semanticVersion", report.version}, {"rules", std::move(rules)}};
  Json run = {{"tool", {{"driver", std::move(driver)}}},
              {"columnKind", "utf16CodeUnits"},
              {"invocations", Json::array({invocation_json(report)})},
              {"results", Json::array()}};
  return frame_of_last_array({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                              {"version", "2.1.0"},
                              {"runs", Json::array({std::move(run)})}});
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
