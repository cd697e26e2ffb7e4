// The lines that imglint and imglint-online exchange: one JSON object a line, unknown fields ignored
// (docs/spec/online.md 5.9).
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "registry/question.hpp"

namespace imglint {

/// The first line of the asker. Each ends with a line feed.
[[nodiscard]] std::string wire_line(const RegistryAccess& access);
[[nodiscard]] std::string wire_line(const RegistryQuestion& question);
[[nodiscard]] std::string wire_line(const RegistryAnswer& answer);

/// What an asker's line says.
using WireRequest = std::variant<RegistryAccess, RegistryQuestion>;
[[nodiscard]] Result<WireRequest> read_request(std::string_view line);

/// What an answering line says. Digests that are none are an error: what comes from a resolver is checked
/// like any other input.
[[nodiscard]] Result<RegistryAnswer> read_answer(std::string_view line);

}  // namespace imglint
