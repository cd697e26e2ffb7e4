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
    {"apiVersion: tekton.dev/v1\n"
     "kind: Task\n"
     "spec:\n"
     "  params: [{name: tag, default: \"3\"}]\n"
     "  steps:\n"
     "    - {name: a, image: \"⟦alpine:$(params.tag)⟧\"}\n"},
};

constexpr const RoleInfo* roles[] = {
    &role_of(Place::step, Certainty::exact),
    &role_of(Place::step, Certainty::shape),
    &role_of(Place::step, Certainty::probable),
    &role_of(Place::sidecar, Certainty::exact),
    &role_of(Place::sidecar, Certainty::shape),
    &role_of(Place::sidecar, Certainty::probable),
    &role_of(Place::step_template, Certainty::exact),
    &role_of(Place::step_template, Certainty::shape),
    &role_of(Place::step_template, Certainty::probable),
    &role_of(Place::bundle, Certainty::exact),
    &role_of(Place::bundle, Certainty::shape),
    &role_of(Place::bundle, Certainty::probable),
    &role_of(Place::container, Certainty::exact),
    &role_of(Place::container, Certainty::shape),
    &role_of(Place::container, Certainty::probable),
    &role_of(Place::init_container, Certainty::exact),
    &role_of(Place::init_container, Certainty::shape),
    &role_of(Place::init_container, Certainty::probable),
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
  return manifest::read_manifest(source, options, tekton);
}

}  // namespace

constinit const KindInfo tekton = {
    .name = "tekton",
    .title = "Tekton task",
    .plural = "Tekton tasks and pipelines",
    .summary = "Tekton tasks, pipelines and their runs, with parameters that hold images.",
    .examples = examples,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
