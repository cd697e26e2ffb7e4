#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"apiVersion: tekton.dev/v1\n"
     "kind: Task\n"
     "spec:\n"
     "  params: [{name: tag, default: \"3\"}]\n"
     "  steps:\n"
     "    - {name: a, image: \"⟦alpine:$(params.tag)⟧\"}\n"},
};

constexpr auto roles =
    manifest::roles_of<Place::step, Place::sidecar, Place::step_template, Place::bundle, Place::container,
                       Place::init_container, Place::custom_resource, Place::env, Place::argument>;

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
    .has_objects = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
