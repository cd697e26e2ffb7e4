#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;
using manifest::role_of;

constexpr KindExample examples[] = {
    {"apiVersion: helm.toolkit.fluxcd.io/v2\n"
     "kind: HelmRelease\n"
     "spec:\n"
     "  values:\n"
     "    image: {repository: ⟦quay.io/acme/api⟧, tag: v1}\n"},
};

constexpr const RoleInfo* roles[] = {
    &role_of(Place::values_image, Certainty::exact),
    &role_of(Place::values_image, Certainty::shape),
    &role_of(Place::values_image, Certainty::probable),
    &role_of(Place::values_partial, Certainty::exact),
    &role_of(Place::values_partial, Certainty::shape),
    &role_of(Place::values_partial, Certainty::probable),
    &role_of(Place::kustomize_selector, Certainty::exact),
    &role_of(Place::kustomize_selector, Certainty::shape),
    &role_of(Place::kustomize_selector, Certainty::probable),
    &role_of(Place::kustomize_image, Certainty::exact),
    &role_of(Place::kustomize_image, Certainty::shape),
    &role_of(Place::kustomize_image, Certainty::probable),
    &role_of(Place::patch_image, Certainty::exact),
    &role_of(Place::patch_image, Certainty::shape),
    &role_of(Place::patch_image, Certainty::probable),
    &role_of(Place::container, Certainty::exact),
    &role_of(Place::container, Certainty::shape),
    &role_of(Place::container, Certainty::probable),
    &role_of(Place::init_container, Certainty::exact),
    &role_of(Place::init_container, Certainty::shape),
    &role_of(Place::init_container, Certainty::probable),
};

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
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
