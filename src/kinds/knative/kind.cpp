#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"apiVersion: serving.knative.dev/v1\n"
     "kind: Service\n"
     "spec:\n"
     "  template:\n"
     "    spec:\n"
     "      containers: [{image: \"⟦quay.io/acme/api:1⟧\"}]\n"},
};

constexpr auto roles = manifest::roles_of<Place::container, Place::init_container, Place::ephemeral_container,
                                          Place::image_volume, Place::env, Place::argument>;

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
    .has_objects = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
