// Hover: what a reference means, and where each part of it comes from.
#pragma once

#include <optional>

#include "lsp/protocol.hpp"
#include "lsp/view.hpp"

namespace imglint::lsp {

/// On a reference, on text that ends up in one, and on the name of a rule in a suppression. Markdown, or
/// plain text.
[[nodiscard]] std::optional<Hover> hover(const View& view, Position position, bool markdown);

}  // namespace imglint::lsp
