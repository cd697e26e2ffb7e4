// Reads Kubernetes-like files: manifests, kustomizations, charts and their values (docs/spec/kubernetes.md).
#pragma once

#include <memory>
#include <string_view>

#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint {

/// Reads all documents of a YAML or JSON file, each as what it is. Those that are none of ours have no uses.
[[nodiscard]] std::unique_ptr<Document> read_manifest(const Source& source, const ReadOptions& options);

namespace manifest {

/// Whether bytes may hold what read_manifest() finds: a scan, no parse. `path` gives the name.
[[nodiscard]] bool may_hold_references(std::string_view path, std::string_view bytes);
/// By the name: `values.yaml`, `app.values-prod.yml`.
[[nodiscard]] bool is_values_name(std::string_view path);
[[nodiscard]] bool is_kustomization_name(std::string_view path);
[[nodiscard]] bool is_chart_name(std::string_view path);
/// Whether a path is in a folder `templates`.
[[nodiscard]] bool is_in_templates(std::string_view path);

}  // namespace manifest
}  // namespace imglint
