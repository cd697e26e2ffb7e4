// Reads Kubernetes-like files: manifests, kustomizations, charts and their values (docs/spec/kubernetes.md).
#pragma once

#include <memory>
#include <string_view>

#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint {

struct KindInfo;

namespace manifest {

/// Reads all documents of a YAML or JSON file, each as what it is: objects by their own kind, a mapping
/// without one as `taken_for`, which the file's name or another file says. Those that are none of ours have
/// no uses.
[[nodiscard]] std::unique_ptr<Document> read_manifest(const Source& source, const ReadOptions& options,
                                                      const KindInfo& taken_for);

/// Whether bytes may hold an object with references, or one that belongs to Kustomize: a scan, no parse.
[[nodiscard]] bool may_hold_object(std::string_view path, std::string_view bytes);
/// Words one of which stands in every file that has a reference.
[[nodiscard]] bool holds_word_of_reference(std::string_view bytes);
/// Whether such a file may be a kustomization, a chart's description, or values of one.
[[nodiscard]] bool is_kustomization(std::string_view path, std::string_view bytes);
[[nodiscard]] bool is_chart(std::string_view path, std::string_view bytes);
[[nodiscard]] bool is_values(std::string_view path, std::string_view bytes);
/// By the name: `values.yaml`, `app.values-prod.yml`.
[[nodiscard]] bool is_values_name(std::string_view path);
[[nodiscard]] bool is_kustomization_name(std::string_view path);
[[nodiscard]] bool is_chart_name(std::string_view path);
/// Whether a path is in a folder `templates`.
[[nodiscard]] bool is_in_templates(std::string_view path);

}  // namespace manifest
}  // namespace imglint
