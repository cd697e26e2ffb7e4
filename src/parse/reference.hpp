// Parsing of image references: the verdict, the parts with their ranges, the canonical meaning.
#pragma once

#include <string_view>
#include <variant>

#include "model/reference.hpp"

namespace imglint {

using ReferenceParse = std::variant<Reference, ReferenceError>;

/// Parses as Docker does for FROM and `image:` (ParseNormalizedNamed; docs/spec/reference.md 4). No
/// exceptions, no allocation, linear time. The whole text must be the reference; nothing is trimmed.
[[nodiscard]] ReferenceParse parse_reference(std::string_view text);

/// The bare grammar without Docker's defaults (Parse; docs/spec/reference.md 3). `registry` is then the
/// grammar's domain: `acme` for `acme/app`. Only for `imglint parse` and tests.
[[nodiscard]] ReferenceParse parse_bare_reference(std::string_view text);

/// The meaning of a reference that parse_reference() accepted. Allocates.
[[nodiscard]] CanonicalReference canonical(const Reference& reference, std::string_view text);

}  // namespace imglint
