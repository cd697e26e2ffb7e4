// The two sides of a map: NamePattern is what a FROM, --from or --except says, MapTarget what a TO or --to
// says (docs/spec/retarget.md 6.1, 6.2, 6.8).
#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "base/result.hpp"
#include "reference/reference.hpp"

namespace imglint {

/// `host/path` of a canonical reference. A host with an underscore, which Docker's own library takes for a
/// path (docs/spec/reference.md 4), is its first component here as well.
[[nodiscard]] std::string full_name(const CanonicalReference& reference);

/// The host of `host/path`.
[[nodiscard]] std::string_view host_of(std::string_view name);
/// The path of `host/path`; empty if there is none.
[[nodiscard]] std::string_view path_of(std::string_view name);
/// Components between slashes; 0 for an empty path.
[[nodiscard]] std::size_t depth_of(std::string_view path);
/// Whether name is prefix or lies below it, in whole components.
[[nodiscard]] bool is_under(std::string_view name, std::string_view prefix);

/// What a FROM matches.
struct NamePattern {
  enum class Kind {
    prefix,    ///< name and everything below it
    exact,     ///< one tag or digest of one name
    wildcard,  ///< every host below a domain
  };
  Kind kind = Kind::prefix;
  std::string name;    ///< `host[/path]`; for a wildcard the domain with its leading dot, `.gcr.io`
  std::string tag;     ///< exact only; empty if a digest is given
  std::string digest;  ///< exact only; wins over a tag

  /// As a person would write it.
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const NamePattern&, const NamePattern&) = default;
  /// Not made of three-way comparisons, which older libraries do not have for strings.
  friend bool operator<(const NamePattern& left, const NamePattern& right) {
    const auto fields = [](const NamePattern& each) {
      return std::tie(each.kind, each.name, each.tag, each.digest);
    };
    return fields(left) < fields(right);
  }
};

/// Reads `nginx`, `docker.io/library`, `localhost:5000`, `*.gcr.io`, `nginx:1.25`, `x@sha256:…`. Without a
/// host the text is an image name and gets its defaults; a prefix with the host docker.io gets none. The
/// error has only a message and a hint.
[[nodiscard]] Result<NamePattern> parse_name_pattern(std::string_view written);
/// The pattern of one whole reference, as a relocation map has them: no tag means latest.
[[nodiscard]] Result<NamePattern> parse_exact_name(std::string_view written);

/// Where a TO or --to leads.
struct MapTarget {
  std::string name;    ///< `host[/path]`; empty: leave alone
  std::string suffix;  ///< `:tag`, `@digest`, both or empty

  friend bool operator==(const MapTarget&, const MapTarget&) = default;
};

/// Reads `ghcr.io/org`, `localhost:5000/mirror`, `host/name:tag`. A host is required. Trailing slashes are
/// ignored; an empty text leaves alone.
[[nodiscard]] Result<MapTarget> parse_map_target(std::string_view written);

/// What is said of two maps, as messages name them, that give one FROM two TO.
[[nodiscard]] Error contradicting_maps(std::string_view one, std::string_view other);

}  // namespace imglint
