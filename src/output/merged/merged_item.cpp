#include "output/merged/merged_item.hpp"

#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "base/percent.hpp"
#include "output/reports/sarif_parts.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

/// Null where there is none, or `json` is no object.
const Json* member(const Json* json, const char* name) {
  if (json == nullptr || !json->is_object()) return nullptr;
  const auto found = json->find(name);
  return found == json->end() ? nullptr : &*found;
}
const Json* first_of(const Json* list) {
  return list != nullptr && list->is_array() && !list->empty() ? &list->front() : nullptr;
}

/// Empty where there is none.
std::string text(const Json* json, const char* name) {
  const Json* found = member(json, name);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}
std::uint32_t number(const Json* json, const char* name, std::uint32_t otherwise) {
  const Json* found = member(json, name);
  if (found == nullptr || !found->is_number_unsigned()) return otherwise;
  const auto value = found->get<std::uint64_t>();
  return value > std::numeric_limits<std::uint32_t>::max() ? otherwise : static_cast<std::uint32_t>(value);
}

/// The path of a URI as check writes it, and as others may.
std::string path_of(const std::string& uri) { return path_of_file_uri(uri).value_or(percent_decoded(uri)); }

std::optional<Severity> severity_named(const std::string& word) {
  if (word == "error") return Severity::error;
  if (word == "warning") return Severity::warning;
  if (word == "info" || word == "note") return Severity::info;
  return std::nullopt;
}

struct SarifPlace {
  std::string file;
  bool has_base = false;  ///< the file is of the repository
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

SarifPlace sarif_place(const Json& result) {
  const Json* physical = member(first_of(member(&result, "locations")), "physicalLocation");
  const Json* region = member(physical, "region");
  const Json* artifact = member(physical, "artifactLocation");
  return {.file = path_of(text(artifact, "uri")),
          .has_base = member(artifact, "uriBaseId") != nullptr,
          .line = number(region, "startLine", 0),
          .column = number(region, "startColumn", 0)};
}

bool is_fingerprint(const std::string& print) {
  return print.size() == 16 && print.find_first_not_of("0123456789abcdef") == std::string::npos;
}

MergedFinding from_sarif(const Json& result) {
  MergedFinding finding;
  SarifPlace place = sarif_place(result);
  finding.rule = text(&result, "ruleId");
  finding.message = sarif::plain_text(text(member(&result, "message"), "text"));
  finding.file = std::move(place.file);
  finding.line = std::max(1u, place.line);
  finding.column = std::max(1u, place.column);
  finding.fixable = first_of(member(&result, "fixes")) != nullptr;
  finding.fingerprint = text(member(&result, "partialFingerprints"), "imglint/v1");
  return finding;
}

MergedFinding from_json(const Json& object) {
  MergedFinding finding;
  finding.rule = text(&object, "rule");
  finding.message = text(&object, "message");
  finding.file = text(&object, "file");
  finding.line = number(&object, "line", 1);
  finding.column = number(&object, "column", number(&object, "utf16_column", 1));
  const std::string safety = text(member(&object, "fix"), "safety");
  finding.fixable = safety == "safe" || safety == "unsafe";
  finding.fingerprint = text(&object, "fingerprint");
  return finding;
}

}  // namespace

std::string repository_of(const ReportItem& item, const std::string& otherwise) {
  const std::string own =
      item.sarif ? text(member(&item.json, "properties"), "repository") : text(&item.json, "repository");
  return own.empty() ? otherwise : own;
}

Result<MergedFinding> merged_finding(ReportItem item, const std::string& repository, Fingerprints& seen) {
  MergedFinding finding = item.sarif ? from_sarif(item.json) : from_json(item.json);
  const auto severity = severity_named(text(&item.json, item.sarif ? "level" : "severity"));
  if (finding.rule.empty()) return Error{.message = "a finding without the name of a rule"};
  if (finding.message.empty()) return Error{.message = "a finding without a message"};
  if (finding.file.empty()) return Error{.message = "a finding without a file"};
  if (!severity) return Error{.message = "a finding without a severity"};
  finding.severity = *severity;
  if (!is_fingerprint(finding.fingerprint)) {
    const std::string subject = item.sarif ? "" : text(&item.json, "subject");
    finding.fingerprint = seen.of(finding.rule, finding.file, subject.empty() ? finding.message : subject);
  }
  finding.repository = repository;
  finding.sarif = item.sarif;
  finding.json = std::move(item.json);
  return finding;
}

Result<MergedReference> merged_reference(ReportItem item, const std::string& repository, Fingerprints& seen) {
  const Json& object = item.json;
  MergedReference reference{.repository = repository,
                            .file = text(&object, "file"),
                            .line = number(&object, "line", 1),
                            .column = number(&object, "column", 1),
                            .role = text(&object, "role"),
                            .raw = text(&object, "raw"),
                            .kind = text(&object, "kind"),
                            .active = object.value("active", Json(true)) != false,
                            .canonical = text(&object, "canonical"),
                            .tag_source = text(&object, "tag_source"),
                            .fingerprint = {},
                            .json = {}};
  if (reference.file.empty()) return Error{.message = "a reference without a file"};
  if (reference.role.empty()) return Error{.message = "a reference without a role"};
  item.json.erase("repository");
  reference.fingerprint = seen.of(reference.role, reference.file, item.json.dump());
  reference.json = std::move(item.json);
  return reference;
}

MergedFailure merged_failure(const ReportItem& item, const std::string& repository) {
  if (!item.sarif)
    return {.repository = repository,
            .message = text(&item.json, "message"),
            .file = text(&item.json, "file"),
            .line = number(&item.json, "line", 0),
            .column = number(&item.json, "column", 0),
            .is_elsewhere = item.json.value("elsewhere", Json()) == true};
  SarifPlace place = sarif_place(item.json);
  return {.repository = repository,
          .message = sarif::plain_text(text(member(&item.json, "message"), "text")),
          .file = std::move(place.file),
          .line = place.line,
          .column = place.column,
          .is_elsewhere = !place.has_base};
}

}  // namespace imglint
