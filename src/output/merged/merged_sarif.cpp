// SARIF of many repositories: one run, whose results stand relative to the root of their repository. What was
// not judged comes behind the results, for it is known then.
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "output/json_pieces.hpp"
#include "output/json_text.hpp"
#include "output/merged/merged_formats.hpp"
#include "output/merged/merged_item.hpp"
#include "output/reports/ordered_pieces.hpp"
#include "output/reports/sarif_parts.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view empty_results = "\"results\": []";

/// Relative paths are so to the root of the repository, which goes by its name.
Json artifact(const std::string& file, const std::string& repository) {
  Json location = sarif::artifact(file);
  if (location.contains("uriBaseId")) location["uriBaseId"] = repository;
  return location;
}

/// In UTF-16 units.
Json region(const Json& object) {
  const auto number = [&object](const char* name, std::uint32_t otherwise) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_unsigned() ? *found : Json(otherwise);
  };
  return {{"startLine", number("line", 1)},
          {"startColumn", number("utf16_column", 1)},
          {"endLine", number("end_line", 1)},
          {"endColumn", number("utf16_end_column", 1)}};
}

/// Such findings stand at the first byte and take none.
bool is_whole_file(const Json& object) {
  const auto start = object.find("start");
  const auto end = object.find("end");
  return start != object.end() && end != object.end() && *start == 0 && *end == 0;
}

Json physical(const Json& object, const std::string& file, const std::string& repository) {
  Json place = {{"artifactLocation", artifact(file, repository)}};
  if (!is_whole_file(object)) place["region"] = region(object);
  return place;
}

/// Of imglint's own JSON. Fixes are not taken along: their edits are counted in bytes there.
Json result_of(const MergedFinding& finding) {
  return {{"ruleId", finding.rule},
          {"level", sarif::level_of(finding.severity)},
          {"message", sarif::message(finding.message)},
          {"locations",
           Json::array({{{"physicalLocation", physical(finding.json, finding.file, finding.repository)}}})}};
}

/// Gives every relative artifactLocation below the repository as its root. The depth of what is read is
/// bounded.
void give_root(Json& value, const std::string& repository) {
  if (value.is_object() && value.contains("uri") && value.value("uriBaseId", Json()) == "%SRCROOT%")
    value["uriBaseId"] = repository;
  if (value.is_structured())
    for (Json& inner : value) give_root(inner, repository);
}

class SarifWriter final : public MergedWriter {
 public:
  SarifWriter(std::span<const RuleInfo* const> rules, std::string_view version, MergedSink out)
      : rules_(rules), version_(version), pieces_("", std::move(out)) {
    const std::string text = document({});
    pieces_.append(text.substr(0, text.find(empty_results) + empty_results.size() - 1));
  }

  [[nodiscard]] std::string_view only_for() const override { return "findings"; }
  void add(const MergedFinding& finding) override {
    Json result = finding.sarif ? finding.json : result_of(finding);
    if (finding.sarif) give_root(result, finding.repository);
    result.erase("ruleIndex");  // of the catalogue of another run
    result["partialFingerprints"]["imglint/v1"] = finding.fingerprint;
    result["properties"]["repository"] = finding.repository;
    std::string text = any_ ? "," : "";
    append_item(result, 8, text);
    pieces_.append(text);
    any_ = true;
  }
  void add(const MergedReference& /*reference*/) override {}

  void end(const MergedSummary& summary) override {
    const std::string text = document(summary);
    if (any_) pieces_.append("\n      ");
    pieces_.append(text.substr(text.find(empty_results) + empty_results.size() - 1) + '\n');
    pieces_.finish();
  }

 private:
  [[nodiscard]] std::string document(const MergedSummary& summary) const {
    Json notifications = Json::array();
    for (const MergedFailure& failure : summary.failures) notifications.push_back(notification(failure));
    Json bases = Json::object();
    for (const auto& [name, counts] : summary.repositories)
      bases[name] = {{"description", {{"text", "the root of the repository " + name}}}};
    Json invocation = {{"executionSuccessful", summary.failures.empty()},
                       {"toolExecutionNotifications", std::move(notifications)}};
    Json run = {{"tool", sarif::tool(rules_, version_)},
                {"columnKind", "utf16CodeUnits"},
                {"results", Json::array()},
                {"invocations", Json::array({std::move(invocation)})},
                {"originalUriBaseIds", std::move(bases)}};
    return harmless_json(sarif::log(std::move(run)).dump(2));
  }

  static Json notification(const MergedFailure& failure) {
    const Json place = failure.file.empty()   ? Json()
                       : failure.is_elsewhere ? sarif::artifact_elsewhere(failure.file)
                                              : artifact(failure.file, failure.repository);
    Json item = sarif::notification(failure.message, place, failure.line);
    item["properties"] = {{"repository", failure.repository}};
    return item;
  }

  std::span<const RuleInfo* const> rules_;
  std::string_view version_;
  OrderedPieces pieces_;
  bool any_ = false;
};

}  // namespace

std::unique_ptr<MergedWriter> merged_sarif_writer(const MergedTool& tool, MergedSink out) {
  return std::make_unique<SarifWriter>(tool.rules, tool.version, std::move(out));
}

}  // namespace imglint
