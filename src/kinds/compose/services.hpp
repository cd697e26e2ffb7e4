// Document::services of a compose file: what each service builds, with which arguments and contexts
// (docs/spec/compose.md 2.2 and 2.3).
#pragma once

#include "kinds/compose/file.hpp"
#include "kinds/compose/values.hpp"
#include "model/document.hpp"

namespace imglint::compose {

/// Fills Document::services, in the order of ComposeFile::services.
void add_services(ComposeFile& file, const Values& values, Document& document);

}  // namespace imglint::compose
