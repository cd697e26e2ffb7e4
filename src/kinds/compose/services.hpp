// The services of a compose file as owners, and what each builds, with which arguments and contexts
// (docs/spec/compose.md 2.2 and 2.3).
#pragma once

#include "kinds/compose/file.hpp"
#include "kinds/compose/values.hpp"
#include "model/document.hpp"

namespace imglint::compose {

/// Fills Document::owners, in the order of ComposeFile::services, and Document::builds.
void add_services(ComposeFile& file, const Values& values, Document& document);

}  // namespace imglint::compose
