#include "lsp/document_store.hpp"

#include <algorithm>
#include <utility>

#include "kinds/index.hpp"
#include "lsp/uri.hpp"

namespace imglint::lsp {

void apply_change(std::string& text, const TextChange& change, Encoding encoding) {
  if (!change.range) {
    text = change.text;
    return;
  }
  Range range = *change.range;
  if (range.end < range.start) std::swap(range.start, range.end);
  const Span span = PositionMap(text, encoding).span(range);
  text.replace(span.begin, span.size(), change.text);
}

const KindInfo* kind_of_document(std::string_view language, std::string_view path) {
  const KindInfo* by_name = walked_kind(path);
  // Some editors call compose files dockerfile as well.
  if (const KindInfo* by_language = kind_of_language(language))
    return by_name && by_language->takes_rest ? by_name : by_language;
  const bool is_yaml = language.starts_with("yaml") || language.starts_with("json");
  return by_name && is_yaml && by_name->takes_rest ? nullptr : by_name;
}

OpenDocument& DocumentStore::open(std::string uri, std::string_view language, std::int64_t version,
                                  std::string text) {
  OpenDocument& document = documents_[uri];
  document.path = path_of_uri(uri);
  document.uri = std::move(uri);
  document.version = version;
  document.text = std::move(text);
  document.own_kind = kind_of_document(language, document.path);
  document.kind = document.own_kind;
  uris_[document.path] = document.uri;
  return document;
}

OpenDocument* DocumentStore::find(std::string_view uri) {
  const auto found = documents_.find(uri);
  return found == documents_.end() ? nullptr : &found->second;
}
const OpenDocument* DocumentStore::find(std::string_view uri) const {
  const auto found = documents_.find(uri);
  return found == documents_.end() ? nullptr : &found->second;
}
const OpenDocument* DocumentStore::find_path(std::string_view path) const {
  const auto uri = uris_.find(path);
  return uri == uris_.end() ? nullptr : find(uri->second);
}

bool DocumentStore::close(std::string_view uri) {
  const auto found = documents_.find(uri);
  if (found == documents_.end()) return false;
  const auto path = uris_.find(found->second.path);
  if (path != uris_.end() && path->second == uri) uris_.erase(path);
  documents_.erase(found);
  return true;
}

}  // namespace imglint::lsp
