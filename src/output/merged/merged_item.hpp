// What reports say of one finding or reference, in the same words whatever the report's format, with the
// repository that it is of.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "model/finding.hpp"
#include "model/fingerprint.hpp"
#include "output/merged/merge.hpp"
#include "output/merged/report_items.hpp"

namespace imglint {

/// What a report names as its repository stays: the report of a merge may be merged again.
[[nodiscard]] std::string repository_of(const ReportItem& item, const std::string& otherwise);

struct MergedFinding {  // NOLINT(bugprone-exception-escape): what the library says of moving its values
  std::string repository;
  std::string rule;
  Severity severity = Severity::warning;
  std::string message;
  std::string file;
  std::uint32_t line = 1;
  std::uint32_t column = 1;  ///< in UTF-16 units if it comes from SARIF
  bool fixable = false;
  std::string fingerprint;  ///< sixteen hexadecimal digits
  bool sarif = false;
  nlohmann::ordered_json json;  ///< as the report has it
};

/// `seen`: of the findings of this report and repository so far.
[[nodiscard]] Result<MergedFinding> merged_finding(ReportItem item, const std::string& repository,
                                                   Fingerprints& seen);

struct MergedReference {
  std::string repository;
  std::string file;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::string role;
  std::string raw;
  std::string kind;
  bool active = true;       ///< its value counts
  std::string canonical;    ///< empty if it has no meaning
  std::string tag_source;   ///< empty: where the reference is written
  std::string fingerprint;  ///< of all that the report says of it
  nlohmann::ordered_json json;
};

[[nodiscard]] Result<MergedReference> merged_reference(ReportItem item, const std::string& repository,
                                                       Fingerprints& seen);

/// What could not be judged, in a report of a run.
[[nodiscard]] MergedFailure merged_failure(const ReportItem& item, const std::string& repository);

}  // namespace imglint
