#include "lsp/requests/links.hpp"

#include "lsp/uses_at.hpp"
#include "policy/pattern.hpp"
#include "reference/parse.hpp"

namespace imglint::lsp {
namespace {

/// Where a registry shows the images it has: the path of an image stands for `*`.
struct RegistryPages {
  std::string_view host;
  std::string_view page;
};

constexpr RegistryPages pages[] = {
    {"docker.elastic.co", "https://www.docker.elastic.co/r/*"},
    {"ghcr.io", "https://ghcr.io/*"},
    {"lscr.io", "https://fleet.linuxserver.io/image?name=*"},
    {"mcr.microsoft.com", "https://mcr.microsoft.com/en-us/artifact/mar/*/about"},
    {"public.ecr.aws", "https://gallery.ecr.aws/*"},
    {"quay.io", "https://quay.io/repository/*"},
};

}  // namespace

std::string registry_page(const CanonicalReference& image) {
  const std::string host = registry_key(image.registry);
  const std::string& path = image.repository;
  if (host == "docker.io") {
    constexpr std::string_view official = "library/";
    const bool is_official = path.starts_with(official);
    return is_official ? "https://hub.docker.com/_/" + path.substr(official.size())
                       : "https://hub.docker.com/r/" + path;
  }
  for (const RegistryPages& known : pages) {
    if (known.host != host) continue;
    const auto star = known.page.find('*');
    return std::string(known.page.substr(0, star)).append(path).append(known.page.substr(star + 1));
  }
  return {};
}

std::vector<DocumentLink> document_links(const View& view) {
  std::vector<DocumentLink> links;
  for (const ImageUse& use : view.document().uses) {
    if (use.kind != Kind::image || !use.parsed() || !use.value.is_known()) continue;
    std::string page = registry_page(canonical(*use.parsed(), use.value.text()));
    if (page.empty()) continue;
    links.push_back({view.places.range(view.source(), use.span), std::move(page), "Open " + full_name(use)});
  }
  return links;
}

}  // namespace imglint::lsp
