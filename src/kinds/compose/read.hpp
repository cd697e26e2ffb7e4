// Reads a compose file into a Document (docs/spec/compose.md, docs/spec/yaml.md).
#pragma once

#include <memory>

#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint {

[[nodiscard]] std::unique_ptr<Document> read_compose(const Source& source, const ReadOptions& options);

}  // namespace imglint
