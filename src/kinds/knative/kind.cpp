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
    {"apiVersion: serving.knative.dev/v1\n"
     "kind: Service\n"
     "spec:\n"
     "  template:\n"
     "    spec:\n"
     "      containers: [{image: \"⟦quay.io/acme/api:1⟧\"}]\n"},
};

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
    &role_of(Place::env, Certainty::exact),
    &role_of(Place::env, Certainty::shape),
    &role_of(Place::env, Certainty::probable),
    &role_of(Place::argument, Certainty::exact),
    &role_of(Place::argument, Certainty::shape),
    &role_of(Place::argument, Certainty::probable),
};

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, knative);
}

}  // namespace

constinit const KindInfo knative = {
    .name = "knative",
    .title = "Knative service",
    .plural = "Knative services",
    .summary = "Services, configurations and revisions of Knative.",
    .examples = examples,
    .read = read,
    .is_coupled = true,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
