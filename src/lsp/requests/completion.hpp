// Completion where a reference is being written: stages, images and tags that the workspace uses, registries.
#pragma once

#include <vector>

#include "lsp/protocol.hpp"
#include "lsp/view.hpp"

namespace imglint::lsp {

[[nodiscard]] std::vector<CompletionItem> completions(const View& view, Position position);

}  // namespace imglint::lsp
