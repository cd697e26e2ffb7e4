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

constexpr const RoleInfo* roles[] = {
    &role_of(Place::container, Certainty::exact),
    &role_of(Place::container, Certainty::shape),
    &role_of(Place::container, Certainty::probable),
    &role_of(Place::init_container, Certainty::exact),
    &role_of(Place::init_container, Certainty::shape),
    &role_of(Place::init_container, Certainty::probable),
    &role_of(Place::ephemeral_container, Certainty::exact),
    &role_of(Place::ephemeral_container, Certainty::shape),
    &role_of(Place::ephemeral_container, Certainty::probable),
    &role_of(Place::image_volume, Certainty::exact),
    &role_of(Place::image_volume, Certainty::shape),
    &role_of(Place::image_volume, Certainty::probable),
    &role_of(Place::custom_resource, Certainty::exact),
    &role_of(Place::custom_resource, Certainty::shape),
    &role_of(Place::custom_resource, Certainty::probable),
    &role_of(Place::package, Certainty::exact),
    &role_of(Place::package, Certainty::shape),
    &role_of(Place::package, Certainty::probable),
    &role_of(Place::related_image, Certainty::exact),
    &role_of(Place::related_image, Certainty::shape),
    &role_of(Place::related_image, Certainty::probable),
    &role_of(Place::output, Certainty::exact),
    &role_of(Place::output, Certainty::shape),
    &role_of(Place::output, Certainty::probable),
    &role_of(Place::env, Certainty::exact),
    &role_of(Place::env, Certainty::shape),
    &role_of(Place::env, Certainty::probable),
    &role_of(Place::argument, Certainty::exact),
    &role_of(Place::argument, Certainty::shape),
    &role_of(Place::argument, Certainty::probable),
    &role_of(Place::config_value, Certainty::exact),
    &role_of(Place::config_value, Certainty::shape),
    &role_of(Place::config_value, Certainty::probable),
};

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
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
