// The text of a first .imglint.yaml, for `imglint init`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "check/in_use.hpp"
#include "config/hadolint.hpp"
#include "model/finding.hpp"

namespace imglint {

struct FirstConfig {
  std::string text;
  std::vector<Error> remarks;  ///< to be said beside it
};

/// What a rule finds by the preset, before anybody has done anything about it.
struct RuleUse {
  Severity severity = Severity::off;  ///< of the rule
  std::size_t findings = 0;
  std::size_t errors = 0;  ///< of the findings
};

/// What is in use is allowed, and what hadolint trusted; its rules are taken over, and comments for other
/// linters if there are any. Rules that find much are proposed as info, so that a pipeline is quiet at first.
/// `hidden`: how many findings the baseline of the usual name hides, which `rules` has not; nothing without
/// one.
[[nodiscard]] FirstConfig first_config(const std::map<std::string, RegistryUse>& registries,
                                       const std::map<std::string_view, RuleUse>& rules,
                                       std::size_t foreign_comments,
                                       const std::optional<HadolintConfig>& hadolint,
                                       std::optional<std::size_t> hidden);

}  // namespace imglint
