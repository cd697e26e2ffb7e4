// What rules of other linters are called here, for their comments and for people who move over
// (docs/spec/rules.md 1, "Equivalence map").
#pragma once

#include <span>
#include <string_view>

namespace imglint {

/// Our rules for a name of hadolint (`DL3006`), dclint (`service-image-require-explicit-tag`), Trivy
/// (`DS-0001`, also `DS001` and `AVD-DS-0001`), Checkov, BuildKit (`DuplicateStageName`), Semgrep (the last
/// part of its name) or others; empty for a rule without a counterpart.
[[nodiscard]] std::span<const std::string_view> rules_for_foreign(std::string_view name);

/// Our rules for all that a linter judges; it is one of `buildkit`, `dclint`, `kics`, `semgrep`, `tally`.
[[nodiscard]] std::span<const std::string_view> rules_for_linter(std::string_view linter);

}  // namespace imglint
