// Document links: from a reference to the page of its registry about the image.
#pragma once

#include <string>
#include <vector>

#include "lsp/protocol.hpp"
#include "lsp/view.hpp"
#include "reference/reference.hpp"

namespace imglint::lsp {

/// Empty where the registry is not known to have pages.
[[nodiscard]] std::string registry_page(const CanonicalReference& image);

[[nodiscard]] std::vector<DocumentLink> document_links(const View& view);

}  // namespace imglint::lsp
