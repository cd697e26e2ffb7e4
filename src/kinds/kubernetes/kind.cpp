#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"apiVersion: apps/v1\n"
     "kind: Deployment\n"
     "spec:\n"
     "  template:\n"
     "    spec:\n"
     "      initContainers:\n"
     "        - {name: wait, image: ⟦busybox:1.36⟧}\n"
     "      containers:\n"
     "        - name: api\n"
     "          image: ⟦quay.io/acme/api:2.4.1⟧\n"
     "          env:\n"
     "            - {name: SIDECAR_IMAGE, value: ⟦quay.io/acme/side:1⟧}\n",
     "what a pod runs, and what its variables say of images"},
};

constexpr std::string_view doubtful_names[] = {"*.{yml,yaml,json}"};

constexpr auto roles =
    manifest::roles_of<Place::container, Place::init_container, Place::ephemeral_container,
                       Place::image_volume, Place::custom_resource, Place::package, Place::related_image,
                       Place::output, Place::env, Place::argument, Place::config_value>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, kubernetes);
}

bool looks_like(std::string_view bytes) { return manifest::may_hold_object({}, bytes); }

}  // namespace

constinit const KindInfo kubernetes = {
    .name = "kubernetes",
    .title = "Kubernetes manifest",
    .plural = "Kubernetes manifests",
    .summary = "Kubernetes objects of every kind, with custom resources and OpenShift, in YAML and JSON.",
    .examples = examples,
    .doubtful_names = doubtful_names,
    .is_surely = manifest::may_hold_object,
    .is_asked_first = true,
    .looks_like = looks_like,
    .read = read,
    .is_coupled = true,
    .roles = roles,
    .is_yaml = true,
    .has_objects = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
