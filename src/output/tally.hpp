// Tally: what can be counted from the findings of a report.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include "output/report.hpp"

namespace imglint {

struct Tally {
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t infos = 0;
  std::uint64_t safe_fixes = 0;
  std::uint64_t unsafe_fixes = 0;
  std::uint64_t unjudged = 0;

  [[nodiscard]] std::uint64_t findings() const { return errors + warnings + infos; }
};

[[nodiscard]] Tally tally(const CheckReport& report);

}  // namespace imglint
