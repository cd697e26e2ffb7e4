#include "lsp/places.hpp"

#include <algorithm>

#include "lsp/uri.hpp"

namespace imglint::lsp {

std::string Places::uri(const std::string& path) const {
  const OpenDocument* open = documents_->find_path(path);
  return open ? open->uri : uri_of_path(path);
}

Places::Entry& Places::entry(const Source& source) {
  const auto found = entries_.find(&source);
  if (found != entries_.end()) return found->second;
  // The text of an open document is the client's own, with a byte order mark or without.
  const std::uint32_t begin = documents_->find_path(source.path()) ? 0 : source.text_begin();
  return entries_.emplace(&source, Entry{PositionMap(source.bytes().substr(begin), encoding_), begin})
      .first->second;
}

const PositionMap& Places::map(const Source& source) { return entry(source).map; }

Range Places::range(const Source& source, Span span) {
  const Entry& known = entry(source);
  const auto shifted = [&](std::uint32_t offset) { return offset - std::min(offset, known.begin); };
  return known.map.range({shifted(span.begin), shifted(span.end)});
}

WorkspaceEdit Places::workspace_edit(const std::vector<Edit>& edits) {
  WorkspaceEdit result;
  std::map<const Source*, std::size_t> indices;
  for (const Edit& edit : edits) {
    const auto [index, is_new] = indices.emplace(edit.source, result.files.size());
    if (is_new) {
      const OpenDocument* open = documents_->find_path(edit.source->path());
      result.files.push_back({.uri = uri(edit.source->path())});
      if (open) result.files.back().version = open->version;
    }
    result.files[index->second].edits.push_back({range(*edit.source, edit.span), edit.text});
  }
  return result;
}

}  // namespace imglint::lsp
