// Reading of the parameters of messages: each struct from its JSON, or what is wrong with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lsp/document_store.hpp"
#include "lsp/json.hpp"
#include "lsp/positions.hpp"

namespace imglint::lsp {

struct NoParams {};

struct FolderParams {
  std::vector<std::string> added;  ///< URIs
  std::vector<std::string> removed;
};

/// What of the client's capabilities matters here.
struct ClientCapabilities {
  bool pull_diagnostics = false;
  bool related_information = false;
  bool code_description = false;
  bool diagnostic_data = false;
  bool deprecated_tag = false;
  bool unnecessary_tag = false;
  bool diagnostic_version = false;
  bool diagnostic_refresh = false;
  bool code_action_literals = false;
  bool code_action_disabled = false;
  bool code_action_preferred = false;
  bool document_changes = false;
  bool change_annotations = false;
  bool apply_edit = false;
  bool hover_markdown = false;
  bool hierarchical_symbols = false;
  bool prepare_rename = false;
  bool link_tooltip = false;
  bool configuration = false;
  bool watched_files = false;      ///< can be registered
  bool relative_patterns = false;  ///< for those in any folder
  bool progress = false;
  bool inlay_hint_refresh = false;
  bool code_lens_refresh = false;
  std::optional<std::string> position_encoding;  ///< the first offered one that is known here
};

struct InitializeParams {
  std::vector<std::string> folders;  ///< URIs
  ClientCapabilities client;
  std::string options;  ///< initializationOptions as JSON text
};

struct DocumentParams {
  std::string uri;
};
struct OpenParams {
  std::string uri;
  std::string language;
  std::int64_t version = 0;
  std::string text;
};
struct ChangeParams {
  std::string uri;
  std::int64_t version = 0;
  std::vector<TextChange> changes;
};
struct PositionParams {
  std::string uri;
  Position position;
};
struct RangeParams {
  std::string uri;
  Range range;
};
struct CodeActionParams {
  std::string uri;
  Range range;
  std::vector<std::string> only;  ///< kinds; empty: all
};
struct PullParams {
  std::string uri;
  std::string previous;  ///< result id; may be empty
};
struct RenameParams {
  std::string uri;
  Position position;
  std::string name;
};
struct CommandParams {
  std::string command;
  std::string uri;
  std::optional<Position> position;
  std::string scope;
  std::string to;
  std::string rule;
};
struct WatchedParams {
  std::vector<std::string> uris;
};

// Each gives what is wrong, or nothing.
using Problem = std::optional<std::string>;
[[nodiscard]] Problem read_params(const Json& json, NoParams& into);
[[nodiscard]] Problem read_params(const Json& json, InitializeParams& into);
[[nodiscard]] Problem read_params(const Json& json, FolderParams& into);
[[nodiscard]] Problem read_params(const Json& json, DocumentParams& into);
[[nodiscard]] Problem read_params(const Json& json, OpenParams& into);
[[nodiscard]] Problem read_params(const Json& json, ChangeParams& into);
[[nodiscard]] Problem read_params(const Json& json, PositionParams& into);
[[nodiscard]] Problem read_params(const Json& json, RangeParams& into);
[[nodiscard]] Problem read_params(const Json& json, CodeActionParams& into);
[[nodiscard]] Problem read_params(const Json& json, PullParams& into);
[[nodiscard]] Problem read_params(const Json& json, RenameParams& into);
[[nodiscard]] Problem read_params(const Json& json, CommandParams& into);
[[nodiscard]] Problem read_params(const Json& json, WatchedParams& into);

}  // namespace imglint::lsp
