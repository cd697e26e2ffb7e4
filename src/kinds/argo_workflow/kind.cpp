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
     "kind: Workflow\n"
     "spec:\n"
     "  templates:\n"
     "    - name: a\n"
     "      script: {image: \"⟦python:3⟧\"}\n"
     "      sidecars: [{name: d, image: \"⟦docker:dind⟧\"}]\n"},
};

constexpr auto roles =
    manifest::roles_of<Place::container, Place::init_container, Place::script, Place::sidecar,
                       Place::custom_resource, Place::env, Place::argument>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, argo_workflow);
}

}  // namespace

constinit const KindInfo argo_workflow = {
    .name = "argo-workflow",
    .title = "Argo workflow",
    .plural = "Argo workflows",
    .summary = "Argo Workflows and their templates, with parameters that hold images.",
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
