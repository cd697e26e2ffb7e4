// Document symbols and code lenses: the outline of a file, and how many of its images are pinned.
#pragma once

#include <vector>

#include "lsp/protocol.hpp"
#include "lsp/view.hpp"

namespace imglint::lsp {

/// Stages with the images they use; services with theirs. What stands outside of them comes first.
[[nodiscard]] std::vector<DocumentSymbol> document_symbols(const View& view);

/// `3 images, 1 without a digest` above the file; nothing for a file without images.
[[nodiscard]] std::vector<CodeLens> code_lenses(const View& view);

}  // namespace imglint::lsp
