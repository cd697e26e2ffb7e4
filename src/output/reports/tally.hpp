// Tally: what is counted of the findings of a report, so that they need not be kept for it.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include "model/finding.hpp"

namespace imglint {

struct Tally {
  /// Findings of one rule.
  struct Row {
    std::uint64_t errors = 0;
    std::uint64_t warnings = 0;
    std::uint64_t infos = 0;
  };

  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t infos = 0;
  std::uint64_t safe_fixes = 0;
  std::uint64_t unsafe_fixes = 0;
  std::map<std::string_view, Row> rules;  ///< by name of the rule

  void add(const Finding& finding);
  void add(const Tally& more);
  [[nodiscard]] std::uint64_t findings() const { return errors + warnings + infos; }
  /// Whether any finding is that severe.
  [[nodiscard]] bool reaches(Severity severity) const;
};

}  // namespace imglint
