// From the places of a compose file to the uses of a Document.
#pragma once

#include "model/document.hpp"
#include "parse/compose_file.hpp"
#include "parse/compose_places.hpp"
#include "parse/compose_values.hpp"

namespace imglint::compose {

/// Adds the references of one place, and the trouble its interpolation has. Not for a dockerfile_inline.
void add_uses(const Place& place, const Values& values, const ComposeFile& file, Document& document);

/// An image that another service builds is built, too (docs/spec/compose.md 2.3). To be called once, when all
/// uses are there.
void spread_built_names(Document& document);

}  // namespace imglint::compose
