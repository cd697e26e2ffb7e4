// Manifests: their bytes hashed, and as much of them read as is asked about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "registry/question.hpp"

namespace imglint {

/// The value of Accept: all that is understood. Asked with less, some registries answer with one platform's
/// manifest in place of the index.
inline constexpr std::string_view accepted_manifests =
    "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

enum class ManifestMedia { unknown, index, manifest };
/// Of a Content-Type, its parameters left out.
[[nodiscard]] ManifestMedia media_of(std::string_view content_type);

/// `sha256:…` of bytes, by the name of the algorithm: sha256 or sha512.
[[nodiscard]] std::string digest_of(std::string_view bytes, std::string_view algorithm);

struct ManifestFacts {
  bool is_index = false;
  std::vector<ManifestChild> children;
};
/// Refuses what can be read in two ways: a body that is both an index and an image, or whose media type is
/// not that of the header.
[[nodiscard]] Result<ManifestFacts> read_manifest(std::string_view bytes, std::string_view content_type);

}  // namespace imglint
