// Proof of edits in a chart's template, which is YAML only behind its mask.
#pragma once

#include "base/result.hpp"
#include "edit/edit.hpp"

namespace imglint::manifest {

/// As verify_yaml_edits(), of what YAML sees of the template before and after.
[[nodiscard]] Result<void> prove_template(const EditSet& edits);

}  // namespace imglint::manifest
