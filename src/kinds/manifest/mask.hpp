// The mask of a chart's template: its actions replaced by as many characters, so that YAML reads the rest and
// all offsets stay true (docs/spec/kubernetes.md 7).
#pragma once

#include <string>
#include <string_view>

namespace imglint::manifest {

[[nodiscard]] std::string mask_actions(std::string_view bytes);

}  // namespace imglint::manifest
