// Parts of SARIF 2.1.0 that more than one report is made of.
#pragma once

#include <span>
#include <string_view>

#include <nlohmann/json.hpp>

#include "model/finding.hpp"
#include "policy/rule_info.hpp"

namespace imglint::sarif {

[[nodiscard]] std::string_view level_of(Severity severity);

/// A message, in which names of files and answers of registries may stand: made printable, and nothing of it
/// is a placeholder (`{0}`), whose braces are doubled, or a link (`[here](1)`). The
/// specification, 3.11.5, 3.11.6.
[[nodiscard]] nlohmann::ordered_json message(std::string_view text);

/// An artifactLocation: absolute, or relative to the root of the sources.
[[nodiscard]] nlohmann::ordered_json artifact(std::string_view path);

/// The tool with the catalogue of its rules.
[[nodiscard]] nlohmann::ordered_json tool(std::span<const RuleInfo* const> rules, std::string_view version);

/// The document around one run.
[[nodiscard]] nlohmann::ordered_json log(nlohmann::ordered_json run);

}  // namespace imglint::sarif
