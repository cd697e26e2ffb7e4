// Patterns of images: `ghcr.io/acme/**`, `*.example.com/**`, `node:22*` (docs/spec/rules.md 1, "Patterns").
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "reference/reference.hpp"

namespace imglint {

/// One registry under one name: `docker.io` for `index.docker.io` and `registry-1.docker.io`, all in lower
/// case. A port stays.
[[nodiscard]] std::string registry_key(std::string_view registry);

/// What patterns are matched against. Like a CanonicalReference, but the registry is a registry_key() and a
/// one-component path of Docker Hub has its `library/`, however it was spelled.
struct ImageName {
  std::string registry;
  std::string repository;
  std::string tag;     ///< empty without
  std::string digest;  ///< empty without

  /// `registry/repository:tag@digest`.
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const ImageName&, const ImageName&) = default;
};
[[nodiscard]] ImageName image_name(const CanonicalReference& reference);

/// How narrow a pattern is: the greater one wins. A host without wildcards is narrower than one with, then
/// more literal text of the host counts, then of the path, then of the tag, then fewer wildcards.
struct Specificity {
  bool literal_host = false;
  std::uint32_t host = 0;
  std::uint32_t path = 0;
  std::uint32_t tag = 0;
  std::int32_t wildcards = 0;  ///< their number, negative
  friend auto operator<=>(const Specificity&, const Specificity&) = default;
};

/// A pattern of images. `*` stands for any text inside one host label, path component or tag, `**` crosses
/// components (alone between slashes it is one or more of them), and nothing matches a part of one. Without a
/// path it means every image of the host.
///
/// The first component is a host by the rules of references (reference.md 4) or if it is `**`, which is any
/// host and any path; all else is a name on Docker Hub, `library/` implied for one component. So `nginx` and
/// `node:22*` are official images, `acme/**` is an account, `ghcr.io` is a registry.
class Pattern {
 public:
  /// An error says why the pattern could never match: an upper-case path, a scheme, an empty component.
  [[nodiscard]] static Result<Pattern> parse(std::string_view text);

  [[nodiscard]] bool matches(const ImageName& name) const;
  /// Host and path alone.
  [[nodiscard]] bool matches_repository(const ImageName& name) const;
  /// The host alone: some image of this registry could match.
  [[nodiscard]] bool matches_registry(std::string_view registry) const;
  [[nodiscard]] Specificity specificity() const;
  /// Whether there is a tag or digest in it.
  [[nodiscard]] bool has_suffix() const { return !tag_.empty() || !digest_.empty(); }
  [[nodiscard]] const std::string& host() const { return host_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string host_;  ///< `**` for any
  std::string path_;
  std::string tag_;     ///< empty: any, or none
  std::string digest_;  ///< empty: any, or none
};

/// Whether any pattern of a list matches. Patterns that do not parse match nothing: the configuration has
/// refused them.
[[nodiscard]] bool matches_any(const std::vector<std::string>& patterns, const ImageName& name);

}  // namespace imglint
