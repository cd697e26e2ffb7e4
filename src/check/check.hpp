// check: documents and policies in, findings out. Pure: no disk, no clock, no order of threads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "model/finding.hpp"
#include "policy/policy.hpp"
#include "project/given.hpp"

namespace imglint {

/// A document to judge and the settings to judge it by. Both are borrowed and outlive the findings.
struct CheckTarget {
  const Document* document = nullptr;
  const Policy* policy = nullptr;
  /// The same file was given before, read with other build arguments: its references are not counted again.
  bool variant = false;
};

struct CheckResult {
  std::vector<Finding> findings;  ///< in the order of sort_findings(), none twice
  std::uint64_t references = 0;   ///< references seen
  std::map<std::string, std::uint64_t, std::less<>> unjudged;  ///< "cannot judge", by rule
  std::uint64_t suppressed = 0;                                ///< findings that comments silenced
  std::uint64_t excepted = 0;  ///< findings that exceptions of the configuration silenced
};

/// Runs every rule that the policies have on, then takes out what comments and exceptions silence. `jobs`:
/// threads; 0: one for each core. `left_out` is asked of files that text of references comes from, and may be
/// empty.
[[nodiscard]] CheckResult check(std::span<const CheckTarget> targets, unsigned jobs = 1,
                                const LeftOutBy& left_out = {});

/// Judges one file alone; nothing if it must be judged with others: its references take text from another
/// file, or a rule compares them with those of other files, by one of the policies of the run.
[[nodiscard]] std::optional<CheckResult> check_apart(const CheckTarget& target,
                                                     std::span<const Policy* const> policies);

/// Judges files together that take text from each other and from no others; nothing if a rule compares them
/// with other files, by one of the policies of the run.
[[nodiscard]] std::optional<CheckResult> check_group(std::span<const CheckTarget> targets,
                                                     std::span<const Policy* const> policies,
                                                     const LeftOutBy& left_out = {});

/// Adds the findings and counts of other files, without sorting.
void append_result(CheckResult& result, CheckResult more);

/// Adds the findings and the counts of files that are not yet in a result. The findings are sorted again.
void add_result(CheckResult& result, CheckResult more);

/// By file, position, rule and message: the one order of all outputs.
void sort_findings(std::vector<Finding>& findings);
/// Makes one finding of several with the same rule, place and message; their related places are put together.
/// Expects sorted findings.
void merge_findings(std::vector<Finding>& findings);

}  // namespace imglint
