// Writing of what the protocol's messages hold as JSON, in the form that the client understands.
#pragma once

#include <string>
#include <vector>

#include "lsp/json.hpp"
#include "lsp/params.hpp"
#include "lsp/protocol.hpp"

namespace imglint::lsp {

[[nodiscard]] Json to_json(const Position& position);
[[nodiscard]] Json to_json(const Range& range);
[[nodiscard]] Json to_json(const Diagnostic& diagnostic, const ClientCapabilities& client);
[[nodiscard]] Json to_json(const std::vector<Diagnostic>& diagnostics, const ClientCapabilities& client);
/// With versions if the client takes them.
[[nodiscard]] Json to_json(const WorkspaceEdit& edit, const ClientCapabilities& client);
[[nodiscard]] Json to_json(const Command& command);
/// An action, or its command alone for clients that take no more.
[[nodiscard]] Json to_json(const CodeAction& action, const ClientCapabilities& client);
[[nodiscard]] Json to_json(const Hover& hover, const ClientCapabilities& client);
[[nodiscard]] Json to_json(const DocumentLink& link, const ClientCapabilities& client);
[[nodiscard]] Json to_json(const InlayHint& hint);
[[nodiscard]] Json to_json(const CompletionItem& item);
[[nodiscard]] Json to_json(const CodeLens& lens);
/// A tree, or a list for clients that take no tree.
[[nodiscard]] Json to_json(const std::vector<DocumentSymbol>& symbols, const std::string& uri,
                           const ClientCapabilities& client);

/// What the server can do, as answered to `initialize`.
[[nodiscard]] Json server_capabilities(const ClientCapabilities& client, Encoding encoding);
/// What of the files on the disk the client shall tell about, whatever they hold.
[[nodiscard]] Json watched_files_registration();
/// Files of which the client shall tell.
struct WatchPattern {
  std::string glob;
  std::string base_uri = {};  ///< of the folder that it counts in; empty: in those of the client
};
/// The same of other files.
[[nodiscard]] Json watched_files_registration(const std::string& id,
                                              const std::vector<WatchPattern>& patterns);
[[nodiscard]] Json watched_files_unregistration(const std::string& id);

}  // namespace imglint::lsp
