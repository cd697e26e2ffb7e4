// Proof that edits of a YAML file change the edited values and nothing else.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "edit/edit.hpp"

namespace imglint {

/// True if the edited file parses to the same events as before, with only the values of edited scalars
/// changed and those changed exactly as the edits ask (docs/spec/yaml.md 2, step 5). An error says which
/// difference was seen.
[[nodiscard]] Result<void> verify_yaml_edits(const EditSet& edits);

/// The same of a file that is YAML only behind a mask, which keeps every offset. Equal keys are no trouble
/// there.
[[nodiscard]] Result<void> verify_yaml_edits(const EditSet& edits, std::string (*mask)(std::string_view));

}  // namespace imglint
