// Reads a compose file into a Document (docs/spec/compose.md, docs/spec/yaml.md), and proves edits of YAML
// files.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "edit/edit.hpp"
#include "model/document.hpp"
#include "parse/read_options.hpp"

namespace imglint {

[[nodiscard]] std::unique_ptr<Document> read_compose(const Source& source, const ReadOptions& options);

/// True if the edited file parses to the same events as before, with only the values of edited scalars
/// changed and those changed exactly as the edits ask (docs/spec/yaml.md 2, step 5). An error says which
/// difference was seen.
[[nodiscard]] Result<void> verify_yaml_edits(const EditSet& edits);

}  // namespace imglint
