// Places: from bytes of sources to URIs and ranges of the protocol.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "edit/edit.hpp"
#include "lsp/document_store.hpp"
#include "lsp/protocol.hpp"
#include "source/source.hpp"

namespace imglint::lsp {

/// For one answer: borrows the store and the sources that it is asked about.
class Places {
 public:
  Places(const DocumentStore& documents, Encoding encoding) : documents_(&documents), encoding_(encoding) {}

  /// As the client spells it if it is open.
  [[nodiscard]] std::string uri(const std::string& path) const;
  [[nodiscard]] Range range(const Location& place) { return range(*place.source, place.span); }
  [[nodiscard]] Range range(const Source& source, Span span);
  [[nodiscard]] const PositionMap& map(const Source& source);
  /// Edits by file, in the order in which the files first come.
  [[nodiscard]] WorkspaceEdit workspace_edit(const std::vector<Edit>& edits);

 private:
  struct Entry {
    PositionMap map;
    std::uint32_t begin = 0;  ///< bytes of a byte order mark that the client does not see
  };
  Entry& entry(const Source& source);

  const DocumentStore* documents_;
  Encoding encoding_;
  std::map<const Source*, Entry> entries_;
};

}  // namespace imglint::lsp
