// Quoting: how the bytes of a scalar are quoted, and which text may stand there as it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace imglint {

/// How the bytes are quoted where a reference stands; decides what an edit may insert.
enum class Style : std::uint8_t {
  dockerfile,  ///< a word or flag value of a Dockerfile
  plain,       ///< YAML, plain in block context
  flow_plain,  ///< YAML, plain inside [] or {}
  single,      ///< YAML '…'
  double_,     ///< YAML "…"
  literal,     ///< YAML |
  folded,      ///< YAML >
  json,        ///< a string of JSON
  hcl,         ///< a string or a heredoc of HCL
  shell,       ///< a word of a command line
  unit,        ///< a value of a unit file
  text,        ///< whatever stands in a document or behind a marker
};
[[nodiscard]] std::string_view to_string(Style style);

/// Why a text cannot stand in a scalar as that is quoted (docs/spec/yaml.md 2), for a message; nothing if it
/// can. `begins`: it would be the scalar's first text. Nothing is ever quoted anew, so what needs it is left
/// to people.
[[nodiscard]] std::optional<std::string> why_unfit(Style style, bool begins, std::string_view text);

}  // namespace imglint
