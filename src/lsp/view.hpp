// View: an open document as it was last read and judged, for the features.
#pragma once

#include "lsp/document_store.hpp"
#include "lsp/places.hpp"
#include "lsp/settings.hpp"
#include "lsp/workspace.hpp"

namespace imglint::lsp {

/// Everything borrowed, for one answer. The source's bytes are the document's text.
struct View {
  const OpenDocument& open;
  Workspace& workspace;
  const ProjectFile& file;
  Places& places;
  const Settings& settings;

  [[nodiscard]] const Source& source() const { return *file.source; }
  [[nodiscard]] const Document& document() const { return *file.document; }
};

}  // namespace imglint::lsp
