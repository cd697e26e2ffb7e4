// From the places of a compose file to the uses of a Document.
#pragma once

#include <vector>

#include "kinds/compose/file.hpp"
#include "kinds/compose/places.hpp"
#include "kinds/compose/values.hpp"
#include "model/document.hpp"

namespace imglint::compose {

/// The further places that reach its scalar.
[[nodiscard]] std::vector<Alias> aliases_of(const Place& place, Arena& arena);

/// Adds the references of one place, and the trouble its interpolation has. Not for a dockerfile_inline.
void add_uses(const Place& place, const Values& values, const ComposeFile& file, Document& document);

/// The trouble of a scalar whose interpolation lacks a required variable. Invalid templates are reported for
/// the whole file.
void add_required_variable(const ScalarValue& scalar, Document& document);

/// Adds what the Dockerfile of a dockerfile_inline holds: uses, stages, troubles. Compose interpolates its
/// text first (docs/spec/compose.md 2.4). The services must be there.
void add_inline_dockerfile(const Place& place, const Values& values, const ReadOptions& options,
                           Document& document);

/// An image that another service builds is built, too (docs/spec/compose.md 2.3). To be called once, when all
/// uses are there.
/// By a project that is put together, if it names what it builds.
void spread_built_names(Document& document, const BuiltNames* of_project);

}  // namespace imglint::compose
