// What the protocol's messages hold, as far as this server uses it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lsp/positions.hpp"

namespace imglint::lsp {

/// Codes of JSON-RPC and of the protocol.
enum class ErrorCode : std::int32_t {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal_error = -32603,
  server_not_initialized = -32002,
  request_failed = -32803,
  request_cancelled = -32800,
};

struct ResponseError {
  ErrorCode code = ErrorCode::internal_error;
  std::string message;
};

struct RelatedInformation {
  std::string uri;
  Range range;
  std::string message;
};

enum class DiagnosticTag : std::uint8_t { unnecessary = 1, deprecated = 2 };

struct Diagnostic {
  Range range;
  std::uint8_t severity = 2;  ///< 1 error, 2 warning, 3 information
  std::string code;           ///< name of the rule; empty where it is none's
  std::string href;           ///< page about the rule; empty without
  std::string message;
  std::vector<DiagnosticTag> tags;
  std::vector<RelatedInformation> related;
  std::string fix;     ///< title of the fix, for `data`; empty without
  std::string safety;  ///< of the fix
};

struct TextEdit {
  Range range;
  std::string text;
  friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

/// The edits of one file. Without a version the file is not open.
struct FileEdits {
  std::string uri;
  std::optional<std::int64_t> version;
  std::vector<TextEdit> edits;
};

struct WorkspaceEdit {
  std::vector<FileEdits> files;
  std::string annotation;  ///< label under which a client may ask before it makes the edits; may be empty
};

/// A command of the server, with an object as its argument: where it is meant and what for.
struct Command {
  std::string title;
  std::string name;  ///< empty: only the title is shown
  std::string uri;
  std::optional<Position> position;
  std::string scope;
  std::string to;
  std::string rule;
};

struct CodeAction {
  std::string title;
  std::string kind;
  std::vector<Diagnostic> diagnostics;
  bool preferred = false;
  std::string disabled;  ///< why it cannot be done; empty if it can
  std::optional<WorkspaceEdit> edit;
  std::optional<Command> command;
};

struct Hover {
  std::string text;
  Range range;
};

struct DocumentLink {
  Range range;
  std::string target;
  std::string tooltip;
};

struct InlayHint {
  Position position;
  std::string label;
  std::string tooltip;
};

enum class CompletionKind : std::uint8_t {
  module = 9,
  value = 12,
  reference = 18,
  folder = 19,
  constant = 21
};

struct CompletionItem {
  std::string label;
  CompletionKind kind = CompletionKind::value;
  std::string detail;
  std::string sort_text;
  TextEdit edit;
};

enum class SymbolKind : std::uint8_t { module = 2, class_ = 5, constant = 14, string = 15, object = 19 };

struct DocumentSymbol {
  std::string name;
  std::string detail;
  SymbolKind kind = SymbolKind::object;
  Range range;
  Range selection;
  std::vector<DocumentSymbol> children;
};

struct CodeLens {
  Range range;
  Command command;
};

}  // namespace imglint::lsp
