#include "output/reports/sarif_parts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/percent.hpp"
#include "base/printable.hpp"

namespace imglint::sarif {
namespace {

using Json = nlohmann::ordered_json;

std::string uri_path(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  return percent_encoded_path(path);
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

}  // namespace

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

Json message(std::string_view text) {
  const std::string shown = printable(text);
  std::string out;
  for (std::size_t at = 0; at < shown.size(); ++at) {
    const std::size_t end = std::min(shown.find_first_not_of("0123456789", at + 1), shown.size());
    const bool is_placeholder = shown[at] == '{' && end > at + 1 && end < shown.size() && shown[end] == '}';
    if (is_placeholder) {
      out.append("{").append(shown, at, end + 1 - at).append("}");
      at = end;
    } else {
      out += shown[at];
      if (shown[at] == ']' && at + 1 < shown.size() && shown[at + 1] == '(') out += ' ';
    }
  }
  return {{"text", std::move(out)}};
}

std::string plain_text(std::string_view message) {
  std::string text;
  for (std::size_t at = 0; at < message.size(); ++at) {
    const std::size_t end = std::min(message.find_first_not_of("0123456789", at + 2), message.size());
    const bool is_doubled = message.substr(at, 2) == "{{" && end > at + 2 && message.substr(end, 2) == "}}";
    if (is_doubled) {
      text.append(message.substr(at + 1, end - at));
      at = end + 1;
    } else {
      text += message[at];
    }
  }
  return text;
}

Json artifact_elsewhere(std::string_view path) {
  return {{"uri", (path.starts_with('/') ? "file://" : "") + uri_path(path)}};
}

Json artifact(std::string_view path) {
  Json location = artifact_elsewhere(path);
  if (!path.starts_with('/')) location["uriBaseId"] = "%SRCROOT%";
  return location;
}

Json notification(std::string_view text, Json artifact, std::uint32_t line) {
  Json item = {{"level", "error"}, {"message", message(text)}};
  if (artifact.is_null()) return item;
  Json physical = {{"artifactLocation", std::move(artifact)}};
  if (line > 0) physical["region"] = {{"startLine", line}};
  item["locations"] = Json::array({{{"physicalLocation", std::move(physical)}}});
  return item;
}

Json tool(std::span<const RuleInfo* const> rules, std::string_view version) {
  Json list = Json::array();
  for (const RuleInfo* rule : rules) list.push_back(rule_json(*rule));
  return {{"driver", {{"name", "imglint"}, {"semanticVersion", version}, {"rules", std::move(list)}}}};
}

Json log(Json run) {
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", Json::array({std::move(run)})}};
}

}  // namespace imglint::sarif
