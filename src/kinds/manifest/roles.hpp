// The places of Kubernetes-like files where references stand (docs/spec/kubernetes.md 2).
#pragma once

#include <array>
#include <cstddef>

#include "model/role.hpp"

namespace imglint::manifest {

/// Numbers of the rows, so that each has a variant for each certainty.
enum class Place : std::uint8_t {
  container,
  init_container,
  ephemeral_container,
  image_volume,
  script,
  sidecar,
  step,
  step_template,
  bundle,
  custom_resource,
  package,
  related_image,
  patch_image,
  kustomize_selector,
  kustomize_image,
  values_image,
  values_partial,
  chart_image,
  output,
  env,
  argument,
  config_value,
};
inline constexpr std::size_t place_count = 22;

/// The rows of one certainty, in the order of Place.
template <Certainty certainty>
inline constexpr std::array<RoleInfo, place_count> rows = [] {
  std::array<RoleInfo, place_count> result = {{
      {.name = "container", .label = "container", .main = true},
      {.name = "init-container", .label = "init container", .main = true},
      {.name = "ephemeral-container", .label = "ephemeral container", .main = true},
      {.name = "image-volume", .label = "volume"},
      {.name = "script", .label = "script", .main = true},
      {.name = "sidecar", .label = "sidecar", .main = true},
      {.name = "step", .label = "step", .main = true},
      {.name = "step-template", .label = "step template"},
      {.name = "bundle", .label = "bundle"},
      {.name = "custom-resource", .label = "image"},
      {.name = "package", .label = "package"},
      {.name = "related-image", .label = "related image"},
      {.name = "patch-image", .label = "patch"},
      {.name = "kustomize-selector", .label = "name", .function = Function::selector},
      {.name = "kustomize-image", .label = "image"},
      {.name = "values-image", .label = "image"},
      {.name = "values-partial", .label = "image", .function = Function::fragment},
      {.name = "chart-image", .label = "annotation", .describes = true},
      {.name = "output", .label = "output", .function = Function::output},
      {.name = "env", .label = "variable"},
      {.name = "argument", .label = "argument"},
      {.name = "config-value", .label = "value"},
  }};
  for (RoleInfo& row : result) row.certainty = certainty;
  return result;
}();

[[nodiscard]] constexpr const RoleInfo& role_of(Place place, Certainty certainty = Certainty::exact) {
  const auto index = static_cast<std::size_t>(place);
  switch (certainty) {
    case Certainty::exact:
      return rows<Certainty::exact>[index];
    case Certainty::shape:
      return rows<Certainty::shape>[index];
    case Certainty::probable:
      return rows<Certainty::probable>[index];
  }
  return rows<Certainty::exact>[index];
}

/// The rows of some places, of each certainty: what a kind lists as its roles.
template <Place... places>
inline constexpr std::array<const RoleInfo*, 3 * sizeof...(places)> roles_of = [] {
  std::array<const RoleInfo*, 3 * sizeof...(places)> result{};
  std::size_t next = 0;
  for (const Place place : {places...})
    for (const Certainty certainty : {Certainty::exact, Certainty::shape, Certainty::probable})
      result[next++] = &role_of(place, certainty);
  return result;
}();

}  // namespace imglint::manifest
