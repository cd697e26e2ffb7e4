#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"apiVersion: helm.toolkit.fluxcd.io/v2\n"
     "kind: HelmRelease\n"
     "spec:\n"
     "  values:\n"
     "    image: {repository: ⟦quay.io/acme/api⟧, tag: v1}\n"},
};

constexpr auto roles =
    manifest::roles_of<Place::values_image, Place::values_partial, Place::kustomize_selector,
                       Place::kustomize_image, Place::patch_image, Place::container, Place::init_container>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, helm_release);
}

}  // namespace

constinit const KindInfo helm_release = {
    .name = "helm-release",
    .title = "HelmRelease",
    .plural = "HelmReleases",
    .summary = "Flux's HelmRelease objects: the values of a chart, and what is replaced behind it.",
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
