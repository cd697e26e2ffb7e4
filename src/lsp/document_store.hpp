// The documents that the client has open: text, version and what kind of file each is.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/positions.hpp"
#include "model/document.hpp"

namespace imglint::lsp {

struct OpenDocument {
  std::string uri;   ///< as the client spells it
  std::string path;  ///< of path_of_uri()
  std::int64_t version = 0;
  std::string text;
  const KindInfo* kind = nullptr;      ///< null: no file of ours
  const KindInfo* own_kind = nullptr;  ///< by its language and name; null if those say nothing
  bool is_brought = false;             ///< the kind is what other files make of it
};

/// One change: of a range, or of the whole text.
struct TextChange {
  std::optional<Range> range;
  std::string text;
};

/// The text with a change made to it. A range whose ends are exchanged is put right.
void apply_change(std::string& text, const TextChange& change, Encoding encoding);

/// How an open document is read: by its language id, then by its name (docs/spec/ecosystem.md 2.2).
/// Null: not at all.
[[nodiscard]] const KindInfo* kind_of_document(std::string_view language, std::string_view path);

class DocumentStore {
 public:
  /// Opening again what is open replaces it. The reference is valid until the document is closed.
  OpenDocument& open(std::string uri, std::string_view language, std::int64_t version, std::string text);
  /// Null if it is not open.
  [[nodiscard]] OpenDocument* find(std::string_view uri);
  [[nodiscard]] const OpenDocument* find(std::string_view uri) const;
  [[nodiscard]] const OpenDocument* find_path(std::string_view path) const;
  /// False if it was not open.
  bool close(std::string_view uri);

  [[nodiscard]] const std::map<std::string, OpenDocument, std::less<>>& by_uri() const { return documents_; }

 private:
  std::map<std::string, OpenDocument, std::less<>> documents_;
  std::map<std::string, std::string, std::less<>> uris_;  ///< by path
};

}  // namespace imglint::lsp
