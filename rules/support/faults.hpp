// Which rule answers for a reference that does not parse: a faulty digest is malformed-digest alone, anything
// else invalid-reference alone (docs/spec/rules.md 1, "Overlap").
#pragma once

#include <optional>

#include "policy/subject.hpp"

namespace imglint {

/// The error of a use that is invalid by grammar; null otherwise. A model may have capitals in its name
/// (docs/spec/compose.md 4).
[[nodiscard]] const ReferenceError* grammar_fault(const Subject& subject);
/// If the fault lies in the digest: the digest, after its at sign.
[[nodiscard]] std::optional<TextRange> faulty_digest(const ReferenceError& error, std::string_view value);

}  // namespace imglint
