// Proof that edits of a YAML file change the edited values and nothing else.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "edit/edit.hpp"

namespace imglint {

/// True if the edited file parses to the same events as before, with only the values of edited scalars
/// changed and those changed exactly as the edits ask (docs/spec/yaml.md 2, step 5). An edit that puts quotes
/// around all of a plain value asks for the same value. An error says which difference was seen.
[[nodiscard]] Result<void> verify_yaml_edits(const EditSet& edits);

/// The same of a file that is YAML only in another shape, which keeps every offset: without what is a
/// template engine's. Equal keys are no trouble there.
[[nodiscard]] Result<void> verify_yaml_edits(const EditSet& edits,
                                             std::string (*shape)(std::string_view bytes));

}  // namespace imglint
