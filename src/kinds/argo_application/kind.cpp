#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"apiVersion: argoproj.io/v1alpha1\n"
     "kind: Application\n"
     "spec:\n"
     "  source:\n"
     "    helm:\n"
     "      valuesObject:\n"
     "        image: {repository: ⟦quay.io/acme/api⟧, tag: v1}\n"
     "      parameters:\n"
     "        - {name: init.image, value: \"⟦busybox:1⟧\"}\n"},
};

constexpr auto roles = manifest::roles_of<Place::values_image, Place::values_partial,
                                          Place::kustomize_selector, Place::kustomize_image>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, argo_application);
}

}  // namespace

constinit const KindInfo argo_application = {
    .name = "argo-application",
    .title = "Argo CD Application",
    .plural = "Argo CD Applications",
    .summary = "Argo CD's Application and ApplicationSet objects: Helm's values, Kustomize's images.",
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
