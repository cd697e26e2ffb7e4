// The kinds that Kubernetes-like files are of, and what their reader shares.
#pragma once

#include <string_view>

#include "kinds/kind.hpp"

namespace imglint::kinds {

extern const KindInfo kubernetes;
extern const KindInfo kustomization;
extern const KindInfo flux_kustomization;
extern const KindInfo helm_values;
extern const KindInfo helm_chart;
extern const KindInfo helm_template;
extern const KindInfo helm_release;
extern const KindInfo argo_application;
extern const KindInfo argo_workflow;
extern const KindInfo tekton;
extern const KindInfo knative;

}  // namespace imglint::kinds

namespace imglint::manifest {

/// Whether a kind is one of those above.
[[nodiscard]] bool is_dialect(const KindInfo& kind);

/// Stands in a masked template for an action that is a part of a text. Nobody writes it.
inline constexpr std::string_view template_filler = "zqx";

}  // namespace imglint::manifest
