// Reads a Dockerfile, or the text of a dockerfile_inline, into a Document (docs/spec/dockerfile.md).
#pragma once

#include <memory>
#include <span>

#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint {

[[nodiscard]] std::unique_ptr<Document> read_dockerfile(const Source& source, const ReadOptions& options);

/// Reads mapped text as a Dockerfile and adds what it finds to a document: uses and stages come after those
/// that are there, and stages count from the document's first stage. For dockerfile_inline of the owner
/// `parent`, whose text comes from a YAML scalar after compose's interpolation; `variables` are those of the
/// interpolation, into which the pieces of the text point, and each use gets the ones that show in it.
void read_dockerfile(const MappedText& text, std::span<const Variable> variables, const ReadOptions& options,
                     OwnerIndex parent, Document& into);

}  // namespace imglint
