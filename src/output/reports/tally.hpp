// Tally: what is counted of the findings of a report, so that they need not be kept for it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "model/finding.hpp"

namespace imglint {

/// How many findings there are of each severity.
struct SeverityCounts {
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t infos = 0;

  void add(Severity severity);
  void add(const SeverityCounts& more);
  [[nodiscard]] std::uint64_t findings() const { return errors + warnings + infos; }
  /// Whether any finding is that severe.
  [[nodiscard]] bool reaches(Severity severity) const;
};

/// `1 error, 11 warnings, 3 info`; empty without findings.
[[nodiscard]] std::string severity_text(const SeverityCounts& counts);

struct Tally : SeverityCounts {
  std::uint64_t safe_fixes = 0;
  std::uint64_t unsafe_fixes = 0;
  std::map<std::string_view, SeverityCounts> rules;  ///< by name of the rule

  void add(const Finding& finding);
  void add(const Tally& more);
};

}  // namespace imglint
