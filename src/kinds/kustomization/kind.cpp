#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"resources: [../base]\n"
     "images:\n"
     "  - name: ⟦acme/api⟧\n"
     "    newName: ⟦quay.io/acme/api⟧\n"
     "    newTag: \"2.5\"\n"
     "patches:\n"
     "  - patch: |\n"
     "      - op: replace\n"
     "        path: /spec/containers/0/image\n"
     "        value: ⟦nginx:2⟧\n",
     "a name that selects, the image in its place, and a patch"},
};

constexpr std::string_view doubtful_names[] = {"kustomization.{yml,yaml}", "kustomization"};

constexpr auto roles =
    manifest::roles_of<Place::kustomize_selector, Place::kustomize_image, Place::patch_image,
                       Place::container, Place::init_container, Place::values_image, Place::values_partial>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, kustomization);
}

}  // namespace

constinit const KindInfo kustomization = {
    .name = "kustomization",
    .title = "kustomization",
    .plural = "kustomizations",
    .summary = "Kustomizations and components, with their patches and the images that they replace.",
    .examples = examples,
    .doubtful_names = doubtful_names,
    .is_surely = manifest::is_kustomization,
    .is_asked_first = true,
    .read = read,
    .is_coupled = true,
    .roles = roles,
    .is_yaml = true,
    .has_objects = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
