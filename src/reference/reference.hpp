// Reference and CanonicalReference: how an image reference is spelled, and what it means. Errors say what was
// expected and where. docs/spec/reference.md is the authority.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/span.hpp"

namespace imglint {

/// The parts of a reference as spelled, in ranges of the text it was parsed from. `registry` is there only
/// where the Docker rules take the first component for a host (reference.md 4), never for `acme` of
/// `acme/app`.
struct Reference {
  std::optional<TextRange> registry;  ///< `ghcr.io` or `localhost:5000`, without the slash
  /// Between registry and name, `a/b` of `ghcr.io/a/b/c`; no slashes at the ends.
  std::optional<TextRange> name_space;
  TextRange name;                   ///< the last path component
  std::optional<TextRange> tag;     ///< without the colon
  std::optional<TextRange> digest;  ///< `sha256:…`, without the at sign

  /// From the first byte of the namespace, or the name, to the end of the name.
  [[nodiscard]] TextRange repository() const {
    return {name_space ? name_space->begin : name.begin, name.end};
  }
  /// Registry and repository as spelled, without tag and digest.
  [[nodiscard]] TextRange without_suffix() const {
    return {registry ? registry->begin : repository().begin, name.end};
  }
};

/// What a reference means, with the defaults for registry and `library/` put in; no tag is added.
struct CanonicalReference {
  std::string registry;    ///< empty for a host with an underscore (reference.md 4)
  std::string repository;  ///< `library/nginx`
  std::optional<std::string> tag;
  std::optional<std::string> digest;

  /// `registry/repository`.
  [[nodiscard]] std::string without_suffix() const;
  /// `registry/repository:tag@digest`.
  [[nodiscard]] std::string to_string() const;
  /// As people write it: without `docker.io/` and, for one component, `library/` (reference.md 4).
  [[nodiscard]] std::string familiar() const;
  /// What would be pulled: `latest` put in where there is neither tag nor digest, a tag beside a digest
  /// dropped (ParseDockerRef; reference.md 4).
  [[nodiscard]] CanonicalReference pulled() const;
  friend bool operator==(const CanonicalReference&, const CanonicalReference&) = default;
};

/// A digest algorithm the library knows (reference.md 6).
struct DigestAlgorithm {
  std::string_view name;
  std::uint32_t digits;  ///< hex digits of its digests
};
inline constexpr DigestAlgorithm digest_algorithms[] = {{"sha256", 64}, {"sha384", 96}, {"sha512", 128}};
/// By its exact name; null if it is not known.
[[nodiscard]] const DigestAlgorithm* find_digest_algorithm(std::string_view name);

/// Kinds of reference.md 8.
enum class ReferenceErrorKind {
  empty,
  format,
  uppercase,
  too_long,
  digest_format,
  digest_length,
  digest_unsupported,
  identifier,
};
[[nodiscard]] std::string_view to_string(ReferenceErrorKind kind);

/// Where a reference breaks. The message is for people and is made only when asked for.
struct ReferenceError {
  ReferenceErrorKind kind = ReferenceErrorKind::format;
  std::uint32_t offset = 0;  ///< byte in the text; its length if something is missing at the end
};

/// What a person needs to know about a faulty reference (reference.md 8, "Reasons").
struct ReferenceFault {
  TextRange place;         ///< what to point at; empty, at the end, where something is missing
  std::string message;     ///< lower-case start, no final stop
  bool in_digest = false;  ///< what follows the at sign is wrong, the name and the tag are not
};
/// May point elsewhere than the error's offset, which is where the library would stop: `${IMAGE}` is a
/// variable, not a name with capitals.
[[nodiscard]] ReferenceFault explain(const ReferenceError& error, std::string_view text);
/// The message of explain().
[[nodiscard]] std::string message(const ReferenceError& error, std::string_view text);

}  // namespace imglint
