// A line with a media type, then any bytes as a manifest of it, and as a page of tags: what is taken from
// strangers fits its grammar.
#include <algorithm>

#include "online/manifest.hpp"
#include "online/tag_page.hpp"
#include "registry/digest.hpp"
#include "tests/fuzz/support/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using imglint::fuzz::require;
  const std::string_view text = imglint::fuzz::text_of(data, size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  const std::string_view body = text.substr(std::min(text.size(), line + 1));
  if (const auto facts = imglint::read_manifest(body, text.substr(0, line))) {
    require(facts->is_index || facts->children.empty(), "only an index has children");
    for (const imglint::ManifestChild& child : facts->children) {
      require(imglint::is_digest(child.digest), "a child's digest is one");
      require(child.platform.empty() || imglint::is_platform(child.platform), "a child's platform is one");
      require(!child.attestation || child.platform.empty(), "an attestation is for no platform");
    }
  }
  require(imglint::is_digest(imglint::digest_of(body, "sha256")), "bytes have a digest");
  if (const auto tags = imglint::read_tag_page(body))
    for (const std::string& tag : *tags) require(imglint::is_tag(tag), "a tag is one");
  return 0;
}
