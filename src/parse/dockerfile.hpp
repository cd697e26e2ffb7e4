// Reads a Dockerfile, or the text of a dockerfile_inline, into a Document (docs/spec/dockerfile.md).
#pragma once

#include <memory>

#include "model/document.hpp"
#include "parse/read_options.hpp"

namespace imglint {

[[nodiscard]] std::unique_ptr<Document> read_dockerfile(const Source& source, const ReadOptions& options);

/// Reads mapped text as a Dockerfile and adds what it finds to a document. Used for dockerfile_inline, whose
/// text comes from a YAML scalar after compose's interpolation.
void read_dockerfile(const MappedText& text, const ReadOptions& options, Document& into);

}  // namespace imglint
