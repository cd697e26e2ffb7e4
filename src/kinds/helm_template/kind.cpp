#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/prove.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;
using manifest::role_of;

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
    &role_of(Place::script, Certainty::exact),
    &role_of(Place::script, Certainty::shape),
    &role_of(Place::script, Certainty::probable),
    &role_of(Place::sidecar, Certainty::exact),
    &role_of(Place::sidecar, Certainty::shape),
    &role_of(Place::sidecar, Certainty::probable),
    &role_of(Place::step, Certainty::exact),
    &role_of(Place::step, Certainty::shape),
    &role_of(Place::step, Certainty::probable),
    &role_of(Place::step_template, Certainty::exact),
    &role_of(Place::step_template, Certainty::shape),
    &role_of(Place::step_template, Certainty::probable),
    &role_of(Place::bundle, Certainty::exact),
    &role_of(Place::bundle, Certainty::shape),
    &role_of(Place::bundle, Certainty::probable),
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
    .comments_behind = true,
    .prove = manifest::prove_template,
};

}  // namespace imglint::kinds
