#include "online/manifest.hpp"

#include <array>
#include <openssl/evp.h>

#include <nlohmann/json.hpp>

#include "base/quote.hpp"
#include "online/bounded_json.hpp"
#include "registry/digest.hpp"

namespace imglint {
namespace {

using Json = nlohmann::json;

std::string_view without_parameters(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  while (content_type.ends_with(' ')) content_type.remove_suffix(1);
  return content_type;
}

std::string platform_of(const Json& entry) {
  const auto platform = entry.find("platform");
  if (platform == entry.end() || !platform->is_object()) return {};
  std::string result = text_of(*platform, "os") + "/" + text_of(*platform, "architecture");
  if (const std::string variant = text_of(*platform, "variant"); !variant.empty()) result += "/" + variant;
  return is_platform(result) ? result : std::string();
}

bool is_attestation(const Json& entry) {
  const auto annotations = entry.find("annotations");
  return annotations != entry.end() && annotations->is_object() &&
         text_of(*annotations, "vnd.docker.reference.type") == "attestation-manifest";
}

Result<std::vector<ManifestChild>> read_children(const Json& body) {
  const Json& list = body["manifests"];
  if (!list.is_array()) return Error{.message = "the index has no list of manifests"};
  std::vector<ManifestChild> children;
  for (const Json& entry : list) {
    if (!entry.is_object()) return Error{.message = "an entry of the index is no object"};
    ManifestChild child{.digest = text_of(entry, "digest"),
                        .platform = platform_of(entry),
                        .attestation = is_attestation(entry)};
    if (!is_digest(child.digest))
      return Error{.message = "the index names " + quote(child.digest) + ", which is no digest"};
    if (child.attestation) child.platform.clear();
    children.push_back(std::move(child));
  }
  return children;
}

}  // namespace

ManifestMedia media_of(std::string_view content_type) {
  const std::string_view type = without_parameters(content_type);
  if (type == "application/vnd.oci.image.index.v1+json" ||
      type == "application/vnd.docker.distribution.manifest.list.v2+json")
    return ManifestMedia::index;
  if (type == "application/vnd.oci.image.manifest.v1+json" ||
      type == "application/vnd.docker.distribution.manifest.v2+json")
    return ManifestMedia::manifest;
  return ManifestMedia::unknown;
}

std::string digest_of(std::string_view bytes, std::string_view algorithm) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
  unsigned size = 0;
  const EVP_MD* method = algorithm == "sha512" ? EVP_sha512() : EVP_sha256();
  if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, method, nullptr) != 1) return {};
  std::string result = algorithm == "sha512" ? "sha512:" : "sha256:";
  for (unsigned i = 0; i < size; ++i) {
    result += "0123456789abcdef"[hash[i] >> 4];
    result += "0123456789abcdef"[hash[i] & 0xF];
  }
  return result;
}

Result<ManifestFacts> read_manifest(std::string_view bytes, std::string_view content_type) {
  const ManifestMedia media = media_of(content_type);
  if (media == ManifestMedia::unknown)
    return Error{.message = "the answer is no manifest but " + quote(without_parameters(content_type))};
  const auto body = parse_bounded(bytes);
  if (!body) return Error{.message = "the manifest " + body.error().message};
  const bool has_children = body->contains("manifests");
  const bool has_layers = body->contains("layers") || body->contains("config") || body->contains("fsLayers");
  if (has_children && has_layers)
    return Error{.message = "the manifest can be read as an index and as an image"};
  const std::string own = text_of(*body, "mediaType");
  if (!own.empty() && own != without_parameters(content_type))
    return Error{.message = "the manifest says it is " + quote(own) + ", its header " +
                            quote(without_parameters(content_type))};
  const bool is_index = media == ManifestMedia::index;
  if (is_index != has_children || is_index == has_layers)
    return Error{.message = "the manifest is not what its media type says"};
  ManifestFacts facts{.is_index = is_index, .children = {}};
  if (!is_index) return facts;
  auto children = read_children(*body);
  if (!children) return children.error();
  facts.children = *std::move(children);
  return facts;
}

}  // namespace imglint
