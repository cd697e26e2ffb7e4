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
    {"apiVersion: argoproj.io/v1alpha1\n"
     "kind: Workflow\n"
     "spec:\n"
     "  templates:\n"
     "    - name: a\n"
     "      script: {image: \"⟦python:3⟧\"}\n"
     "      sidecars: [{name: d, image: \"⟦docker:dind⟧\"}]\n"},
};

constexpr const RoleInfo* roles[] = {
    &role_of(Place::container, Certainty::exact),
    &role_of(Place::container, Certainty::shape),
    &role_of(Place::container, Certainty::probable),
    &role_of(Place::init_container, Certainty::exact),
    &role_of(Place::init_container, Certainty::shape),
    &role_of(Place::init_container, Certainty::probable),
    &role_of(Place::script, Certainty::exact),
    &role_of(Place::script, Certainty::shape),
    &role_of(Place::script, Certainty::probable),
    &role_of(Place::sidecar, Certainty::exact),
    &role_of(Place::sidecar, Certainty::shape),
    &role_of(Place::sidecar, Certainty::probable),
    &role_of(Place::custom_resource, Certainty::exact),
    &role_of(Place::custom_resource, Certainty::shape),
    &role_of(Place::custom_resource, Certainty::probable),
    &role_of(Place::env, Certainty::exact),
    &role_of(Place::env, Certainty::shape),
    &role_of(Place::env, Certainty::probable),
    &role_of(Place::argument, Certainty::exact),
    &role_of(Place::argument, Certainty::shape),
    &role_of(Place::argument, Certainty::probable),
};

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
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
