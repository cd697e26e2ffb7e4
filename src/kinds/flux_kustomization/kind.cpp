#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"apiVersion: kustomize.toolkit.fluxcd.io/v1\n"
     "kind: Kustomization\n"
     "spec:\n"
     "  path: ./apps\n"
     "  images:\n"
     "    - {name: ⟦acme/api⟧, newName: ⟦quay.io/acme/api⟧, newTag: v5}\n"},
};

constexpr auto roles = manifest::roles_of<Place::kustomize_selector, Place::kustomize_image,
                                          Place::patch_image, Place::container, Place::init_container>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, flux_kustomization);
}

}  // namespace

constinit const KindInfo flux_kustomization = {
    .name = "flux-kustomization",
    .title = "Flux Kustomization",
    .plural = "Flux Kustomizations",
    .summary = "Flux's Kustomization objects, which replace images as an overlay does.",
    .examples = examples,
    .read = read,
    .is_coupled = true,
    .roles = roles,
    .is_yaml = true,
    .has_objects = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
