#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/prove.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"{{- if .Values.enabled }}\n"
     "apiVersion: v1\n"
     "kind: Pod\n"
     "spec:\n"
     "  containers:\n"
     "    - name: {{ .Chart.Name }}\n"
     "      image: \"⟦quay.io/acme/job:{{ .Chart.AppVersion }}⟧\"\n"
     "{{- end }}\n"},
};

constexpr auto roles =
    manifest::roles_of<Place::container, Place::init_container, Place::ephemeral_container,
                       Place::image_volume, Place::script, Place::sidecar, Place::step, Place::step_template,
                       Place::bundle, Place::custom_resource, Place::package, Place::related_image,
                       Place::output, Place::env, Place::argument, Place::config_value>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, helm_template);
}

}  // namespace

constinit const KindInfo helm_template = {
    .name = "helm-template",
    .title = "chart template",
    .plural = "chart templates",
    .summary = "Templates of Helm charts: images that are written out between their actions.",
    .examples = examples,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .has_objects = true,
    .comments_behind = true,
    .prove = manifest::prove_template,
};

}  // namespace imglint::kinds
