// Parsing of image references: the verdict, the parts with their ranges, the canonical meaning.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "reference/reference.hpp"

namespace imglint {

using ReferenceParse = std::variant<Reference, ReferenceError>;

/// Parses as Docker does for FROM and `image:` (ParseNormalizedNamed; docs/spec/reference.md 4). No
/// exceptions, no allocation, linear time. The whole text must be the reference; nothing is trimmed.
[[nodiscard]] ReferenceParse parse_reference(std::string_view text);

/// The bare grammar without Docker's defaults (Parse; docs/spec/reference.md 3). `registry` is then the
/// grammar's domain: `acme` for `acme/app`. Only for `imglint parse` and tests.
[[nodiscard]] ReferenceParse parse_bare_reference(std::string_view text);

/// What a reference means, as views of the text it was parsed from (and of constants): the meaning without a
/// copy. The path is `library` followed by `repository`.
struct CanonicalView {
  std::string_view registry;    ///< empty for a host with an underscore (reference.md 4)
  std::string_view library;     ///< `library/` where it is added, else empty
  std::string_view repository;  ///< as spelled, without the registry
  std::string_view tag;         ///< empty where there is none
  std::string_view digest;      ///< empty where there is none
};

/// The meaning of a reference that parse_reference() accepted. No allocation.
[[nodiscard]] CanonicalView canonical_view(const Reference& reference, std::string_view text);

/// The same, with strings of its own. Allocates.
[[nodiscard]] CanonicalReference canonical(const Reference& reference, std::string_view text);

/// Whether the familiar form means the same image when read again. If not, only the full form may be written
/// (reference.md 4: `docker.io/example.com/app` is no `example.com/app`).
[[nodiscard]] bool familiar_round_trips(const CanonicalReference& reference);

/// The digest, where the text alone is one, or an identifier of 64 hex digits, for the commands that also
/// take image ids (ParseAnyReference; reference.md 7). Never for FROM or `image:`.
[[nodiscard]] std::optional<std::string> any_digest(std::string_view text);

}  // namespace imglint
