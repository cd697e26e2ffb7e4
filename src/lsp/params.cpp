#include "lsp/params.hpp"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

namespace imglint::lsp {
namespace {

/// A member of an object; null if there is none.
const Json& member(const Json& object, const char* name) {
  static const Json null;
  if (!object.is_object()) return null;
  const auto found = object.find(name);
  return found == object.end() ? null : *found;
}

/// The same over several steps.
template <class... Names>
const Json& member(const Json& object, const char* name, const Names*... rest) {
  return member(member(object, name), rest...);
}

Problem missing(const char* name) { return "'" + std::string(name) + "' is missing or of a wrong kind"; }

bool take(const Json& value, std::string& into) {
  if (!value.is_string()) return false;
  into = value.get<std::string>();
  return true;
}

/// A line or a character. A number past the protocol's greatest means that one.
bool take(const Json& value, std::uint32_t& into) {
  if (!value.is_number_unsigned()) return false;
  constexpr std::uint64_t greatest = std::numeric_limits<std::int32_t>::max();
  into = static_cast<std::uint32_t>(std::min(value.get<std::uint64_t>(), greatest));
  return true;
}

bool take(const Json& value, Position& into) {
  return take(member(value, "line"), into.line) && take(member(value, "character"), into.character);
}
bool take(const Json& value, Range& into) {
  return take(member(value, "start"), into.start) && take(member(value, "end"), into.end);
}

bool take_uri(const Json& params, std::string& into) {
  return take(member(params, "textDocument", "uri"), into);
}

bool is_set(const Json& value) { return value.is_boolean() && value.get<bool>(); }

bool lists(const Json& array, const Json& wanted) {
  if (!array.is_array()) return false;
  for (const Json& item : array)
    if (item == wanted) return true;
  return false;
}

std::optional<std::string> known_encoding(const Json& offered) {
  if (!offered.is_array()) return std::nullopt;
  for (const Json& name : offered)
    if (name == "utf-16" || name == "utf-8" || name == "utf-32") return name.get<std::string>();
  return std::nullopt;
}

void read_document_capabilities(const Json& text, ClientCapabilities& into) {
  into.pull_diagnostics = member(text, "diagnostic").is_object();
  const Json& push = member(text, "publishDiagnostics");
  const Json& pull = member(text, "diagnostic");
  const auto either = [&](const char* name) {
    return is_set(member(push, name)) || is_set(member(pull, name));
  };
  into.related_information = either("relatedInformation");
  into.code_description = either("codeDescriptionSupport");
  into.diagnostic_data = either("dataSupport");
  into.diagnostic_version = is_set(member(push, "versionSupport"));
  for (const Json* side : {&push, &pull}) {
    into.unnecessary_tag = into.unnecessary_tag || lists(member(*side, "tagSupport", "valueSet"), 1);
    into.deprecated_tag = into.deprecated_tag || lists(member(*side, "tagSupport", "valueSet"), 2);
  }
  const Json& action = member(text, "codeAction");
  into.code_action_literals = member(action, "codeActionLiteralSupport").is_object();
  into.code_action_disabled = is_set(member(action, "disabledSupport"));
  into.code_action_preferred = is_set(member(action, "isPreferredSupport"));
  const Json& formats = member(text, "hover", "contentFormat");
  into.hover_markdown = formats.is_array() && !formats.empty() && formats.front() == "markdown";
  into.hierarchical_symbols = is_set(member(text, "documentSymbol", "hierarchicalDocumentSymbolSupport"));
  into.prepare_rename = is_set(member(text, "rename", "prepareSupport"));
  into.link_tooltip = is_set(member(text, "documentLink", "tooltipSupport"));
}

void read_workspace_capabilities(const Json& workspace, ClientCapabilities& into) {
  into.apply_edit = is_set(member(workspace, "applyEdit"));
  const Json& edit = member(workspace, "workspaceEdit");
  into.document_changes = is_set(member(edit, "documentChanges"));
  into.change_annotations = into.document_changes && member(edit, "changeAnnotationSupport").is_object();
  into.configuration = is_set(member(workspace, "configuration"));
  into.watched_files = is_set(member(workspace, "didChangeWatchedFiles", "dynamicRegistration"));
  into.relative_patterns = is_set(member(workspace, "didChangeWatchedFiles", "relativePatternSupport"));
  into.diagnostic_refresh = is_set(member(workspace, "diagnostics", "refreshSupport"));
  into.inlay_hint_refresh = is_set(member(workspace, "inlayHint", "refreshSupport"));
  into.code_lens_refresh = is_set(member(workspace, "codeLens", "refreshSupport"));
}

void add_folder_uris(const Json& folders, std::vector<std::string>& into) {
  if (!folders.is_array()) return;
  for (const Json& folder : folders)
    if (std::string uri; take(member(folder, "uri"), uri)) into.push_back(std::move(uri));
}

}  // namespace

Problem read_params(const Json&, NoParams&) { return std::nullopt; }

Problem read_params(const Json& json, InitializeParams& into) {
  if (!json.is_object()) return "initialize wants an object";
  add_folder_uris(member(json, "workspaceFolders"), into.folders);
  std::string root;
  if (into.folders.empty() && take(member(json, "rootUri"), root)) into.folders.push_back(root);
  if (into.folders.empty() && take(member(json, "rootPath"), root) && root.starts_with('/'))
    into.folders.push_back("file://" + root);
  const Json& capabilities = member(json, "capabilities");
  read_document_capabilities(member(capabilities, "textDocument"), into.client);
  read_workspace_capabilities(member(capabilities, "workspace"), into.client);
  into.client.progress = is_set(member(capabilities, "window", "workDoneProgress"));
  into.client.position_encoding = known_encoding(member(capabilities, "general", "positionEncodings"));
  into.options = member(json, "initializationOptions").dump(-1, ' ', false, Json::error_handler_t::replace);
  return std::nullopt;
}

Problem read_params(const Json& json, FolderParams& into) {
  add_folder_uris(member(json, "event", "added"), into.added);
  add_folder_uris(member(json, "event", "removed"), into.removed);
  return std::nullopt;
}

Problem read_params(const Json& json, DocumentParams& into) {
  return take_uri(json, into.uri) ? std::nullopt : missing("textDocument.uri");
}

Problem read_params(const Json& json, OpenParams& into) {
  const Json& document = member(json, "textDocument");
  if (!take(member(document, "uri"), into.uri)) return missing("textDocument.uri");
  if (!take(member(document, "text"), into.text)) return missing("textDocument.text");
  static_cast<void>(take(member(document, "languageId"), into.language));
  if (const Json& version = member(document, "version"); version.is_number_integer())
    into.version = version.get<std::int64_t>();
  return std::nullopt;
}

Problem read_params(const Json& json, ChangeParams& into) {
  if (!take_uri(json, into.uri)) return missing("textDocument.uri");
  if (const Json& version = member(json, "textDocument", "version"); version.is_number_integer())
    into.version = version.get<std::int64_t>();
  const Json& changes = member(json, "contentChanges");
  if (!changes.is_array()) return missing("contentChanges");
  for (const Json& item : changes) {
    TextChange change;
    if (!take(member(item, "text"), change.text)) return missing("contentChanges.text");
    if (const Json& range = member(item, "range"); !range.is_null()) {
      Range read_range;
      if (!take(range, read_range)) return missing("contentChanges.range");
      change.range = read_range;
    }
    into.changes.push_back(std::move(change));
  }
  return std::nullopt;
}

Problem read_params(const Json& json, PositionParams& into) {
  if (!take_uri(json, into.uri)) return missing("textDocument.uri");
  return take(member(json, "position"), into.position) ? std::nullopt : missing("position");
}

Problem read_params(const Json& json, RangeParams& into) {
  if (!take_uri(json, into.uri)) return missing("textDocument.uri");
  return take(member(json, "range"), into.range) ? std::nullopt : missing("range");
}

Problem read_params(const Json& json, CodeActionParams& into) {
  if (!take_uri(json, into.uri)) return missing("textDocument.uri");
  if (!take(member(json, "range"), into.range)) return missing("range");
  const Json& only = member(json, "context", "only");
  if (only.is_array())
    for (const Json& kind : only)
      if (kind.is_string()) into.only.push_back(kind.get<std::string>());
  return std::nullopt;
}

Problem read_params(const Json& json, PullParams& into) {
  static_cast<void>(take(member(json, "previousResultId"), into.previous));
  return take_uri(json, into.uri) ? std::nullopt : missing("textDocument.uri");
}

Problem read_params(const Json& json, RenameParams& into) {
  if (!take_uri(json, into.uri)) return missing("textDocument.uri");
  if (!take(member(json, "position"), into.position)) return missing("position");
  return take(member(json, "newName"), into.name) ? std::nullopt : missing("newName");
}

Problem read_params(const Json& json, CommandParams& into) {
  if (!take(member(json, "command"), into.command)) return missing("command");
  const Json& arguments = member(json, "arguments");
  if (!arguments.is_array() || arguments.empty()) return std::nullopt;
  const Json& first = arguments.front();
  static_cast<void>(take(member(first, "uri"), into.uri));
  static_cast<void>(take(member(first, "scope"), into.scope));
  static_cast<void>(take(member(first, "to"), into.to));
  static_cast<void>(take(member(first, "rule"), into.rule));
  if (Position position; take(member(first, "position"), position)) into.position = position;
  return std::nullopt;
}

Problem read_params(const Json& json, WatchedParams& into) {
  const Json& changes = member(json, "changes");
  if (!changes.is_array()) return missing("changes");
  for (const Json& change : changes)
    if (std::string uri; take(member(change, "uri"), uri)) into.uris.push_back(std::move(uri));
  return std::nullopt;
}

}  // namespace imglint::lsp
