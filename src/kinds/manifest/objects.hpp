// Objects: mappings with apiVersion and kind (docs/spec/kubernetes.md 3 and 4).
#pragma once

#include <string_view>

#include "kinds/manifest/reading.hpp"

namespace imglint::manifest {

/// What an object is, as far as it matters where its references stand.
struct ObjectKind {
  std::string_view group;  ///< apiVersion up to its slash; empty for `v1`
  std::string_view kind;
  bool any_group = false;  ///< a template stands in its place
};

/// Nothing for a mapping that is no object.
[[nodiscard]] std::optional<ObjectKind> object_kind(const At& at);
[[nodiscard]] const KindInfo& dialect_of(const ObjectKind& object);
/// Policies, Skaffold's and kbld's files and the like: what they say of images is about those of other files.
[[nodiscard]] bool talks_about_images(const ObjectKind& object);

/// Reads an object and all objects inside of it. Its dialect is told by what it is, unless `at` is in a
/// chart's template or a patch of a kustomization (`keep_dialect`).
void read_object(Reading& reading, At at, const ObjectKind& object, bool keep_dialect);

/// The images of a pod, and what its containers may say of others.
void read_pod_spec(Reading& reading, const At& spec);
/// `env`, `args` and `command` of a container (docs/spec/kubernetes.md 4.2).
void read_probable_of_container(Reading& reading, const At& container);
/// Whether a variable or a key is called as one that holds an image.
[[nodiscard]] bool is_image_name(std::string_view name);

/// Argo Workflows and Tekton (docs/spec/kubernetes.md 3.4, 3.5).
void read_workflow(Reading& reading, const At& object, const ObjectKind& kind);
void read_tekton(Reading& reading, const At& object, const ObjectKind& kind);

/// A kustomization, and the same lists in Flux's and Argo CD's objects (docs/spec/kubernetes.md 5.1).
void read_kustomization(Reading& reading, const At& top);
void read_kustomize_images(Reading& reading, const At& list);
void read_patches(Reading& reading, const At& holder);
/// A list of JSON patch operations.
void read_json_patch(Reading& reading, const At& list);
void read_flux_kustomization(Reading& reading, const At& object);

/// Helm values (docs/spec/kubernetes.md 6). Without a chart there are no guessed tags.
void read_values(Reading& reading, const At& top, const ChartFacts* chart);
void read_chart(Reading& reading, const At& top);
void read_helm_release(Reading& reading, const At& object);
void read_argo_application(Reading& reading, const At& object);

}  // namespace imglint::manifest
