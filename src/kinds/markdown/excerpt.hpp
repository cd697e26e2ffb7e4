// A part of a document that another kind reads: it is read as a file of its own, and what is found is put
// where it stands.
#pragma once

#include <functional>

#include "kinds/kind.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint::markdown {

/// Adds the uses that a kind finds in a span of the document's source and that `wanted` takes, and the
/// comments for linters. What else is said of it is not: nobody knows what is left out of an example.
void add_excerpt(const KindInfo& kind, Span span, const ReadOptions& options,
                 const std::function<bool(const ImageUse&)>& wanted, Document& document);

}  // namespace imglint::markdown
