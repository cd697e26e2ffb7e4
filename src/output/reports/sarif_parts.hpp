// Parts of SARIF 2.1.0 that more than one report is made of.
#pragma once

#include <cstdint>
#include <span>
#include <string>
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

/// The text that a message was made of, but for what was not printable.
[[nodiscard]] std::string plain_text(std::string_view message);

/// An artifactLocation: absolute, or relative to the root of the sources.
[[nodiscard]] nlohmann::ordered_json artifact(std::string_view path);

/// The same of a file that is no source, relative to wherever the program ran.
[[nodiscard]] nlohmann::ordered_json artifact_elsewhere(std::string_view path);

/// Of something that could not be judged: `artifact` is null if that is no file, `line` 0 without.
[[nodiscard]] nlohmann::ordered_json notification(std::string_view text, nlohmann::ordered_json artifact,
                                                  std::uint32_t line);

/// The tool with the catalogue of its rules.
[[nodiscard]] nlohmann::ordered_json tool(std::span<const RuleInfo* const> rules, std::string_view version);

/// The document around one run.
[[nodiscard]] nlohmann::ordered_json log(nlohmann::ordered_json run);

}  // namespace imglint::sarif
