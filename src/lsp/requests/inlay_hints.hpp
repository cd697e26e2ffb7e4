// Inlay hints: what a reference is once its variables have their values.
#pragma once

#include <vector>

#include "lsp/protocol.hpp"
#include "lsp/view.hpp"

namespace imglint::lsp {

[[nodiscard]] std::vector<InlayHint> inlay_hints(const View& view, const Range& range);

}  // namespace imglint::lsp
