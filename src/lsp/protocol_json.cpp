#include "lsp/protocol_json.hpp"

#include <nlohmann/json.hpp>

#include "base/name_pattern.hpp"
#include "kinds/index.hpp"

namespace imglint::lsp {

Json to_json(const Position& position) {
  return {{"line", position.line}, {"character", position.character}};
}
Json to_json(const Range& range) { return {{"start", to_json(range.start)}, {"end", to_json(range.end)}}; }

namespace {

Json tags_json(const Diagnostic& diagnostic, const ClientCapabilities& client) {
  Json tags = Json::array();
  for (const DiagnosticTag tag : diagnostic.tags) {
    const bool known = tag == DiagnosticTag::deprecated ? client.deprecated_tag : client.unnecessary_tag;
    if (known) tags.push_back(static_cast<int>(tag));
  }
  return tags;
}

Json related_json(const Diagnostic& diagnostic) {
  Json related = Json::array();
  for (const RelatedInformation& place : diagnostic.related)
    related.push_back(
        {{"location", {{"uri", place.uri}, {"range", to_json(place.range)}}}, {"message", place.message}});
  return related;
}

}  // namespace

Json to_json(const Diagnostic& diagnostic, const ClientCapabilities& client) {
  Json json = {{"range", to_json(diagnostic.range)},
               {"severity", diagnostic.severity},
               {"source", "imglint"},
               {"message", diagnostic.message}};
  if (!diagnostic.code.empty()) json["code"] = diagnostic.code;
  if (client.code_description && !diagnostic.href.empty())
    json["codeDescription"] = {{"href", diagnostic.href}};
  if (Json tags = tags_json(diagnostic, client); !tags.empty()) json["tags"] = std::move(tags);
  if (client.related_information && !diagnostic.related.empty())
    json["relatedInformation"] = related_json(diagnostic);
  if (client.diagnostic_data && !diagnostic.fix.empty())
    json["data"] = {{"fix", diagnostic.fix}, {"safety", diagnostic.safety}};
  return json;
}

Json to_json(const std::vector<Diagnostic>& diagnostics, const ClientCapabilities& client) {
  Json array = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) array.push_back(to_json(diagnostic, client));
  return array;
}

namespace {

Json edits_json(const FileEdits& file, bool annotated) {
  Json edits = Json::array();
  for (const TextEdit& edit : file.edits) {
    Json json = {{"range", to_json(edit.range)}, {"newText", edit.text}};
    if (annotated) json["annotationId"] = "imglint";
    edits.push_back(std::move(json));
  }
  return edits;
}

}  // namespace

Json to_json(const WorkspaceEdit& edit, const ClientCapabilities& client) {
  if (!client.document_changes) {
    Json changes = Json::object();
    for (const FileEdits& file : edit.files) changes[file.uri] = edits_json(file, false);
    return {{"changes", std::move(changes)}};
  }
  const bool annotated = client.change_annotations && !edit.annotation.empty();
  Json changes = Json::array();
  for (const FileEdits& file : edit.files) {
    const Json version = file.version ? Json(*file.version) : Json(nullptr);
    changes.push_back({{"textDocument", {{"uri", file.uri}, {"version", version}}},
                       {"edits", edits_json(file, annotated)}});
  }
  Json json = {{"documentChanges", std::move(changes)}};
  if (annotated)
    json["changeAnnotations"] = {{"imglint", {{"label", edit.annotation}, {"needsConfirmation", false}}}};
  return json;
}

Json to_json(const Command& command) {
  Json json = {{"title", command.title}, {"command", command.name}};
  Json argument = Json::object();
  if (!command.uri.empty()) argument["uri"] = command.uri;
  if (command.position) argument["position"] = to_json(*command.position);
  if (!command.scope.empty()) argument["scope"] = command.scope;
  if (!command.to.empty()) argument["to"] = command.to;
  if (!command.rule.empty()) argument["rule"] = command.rule;
  if (!argument.empty()) json["arguments"] = Json::array({std::move(argument)});
  return json;
}

Json to_json(const CodeAction& action, const ClientCapabilities& client) {
  if (!client.code_action_literals) return action.command ? to_json(*action.command) : Json(nullptr);
  Json json = {{"title", action.title}, {"kind", action.kind}};
  if (!action.diagnostics.empty()) json["diagnostics"] = to_json(action.diagnostics, client);
  if (action.preferred && client.code_action_preferred) json["isPreferred"] = true;
  if (!action.disabled.empty()) json["disabled"] = {{"reason", action.disabled}};
  if (action.edit)
    json["edit"] = to_json(*action.edit, client);
  else if (action.command)
    json["command"] = to_json(*action.command);
  return json;
}

Json to_json(const Hover& hover, const ClientCapabilities& client) {
  return {{"contents", {{"kind", client.hover_markdown ? "markdown" : "plaintext"}, {"value", hover.text}}},
          {"range", to_json(hover.range)}};
}

Json to_json(const DocumentLink& link, const ClientCapabilities& client) {
  Json json = {{"range", to_json(link.range)}, {"target", link.target}};
  if (client.link_tooltip) json["tooltip"] = link.tooltip;
  return json;
}

Json to_json(const InlayHint& hint) {
  return {{"position", to_json(hint.position)},
          {"label", hint.label},
          {"tooltip", hint.tooltip},
          {"paddingLeft", true}};
}

Json to_json(const CompletionItem& item) {
  return {{"label", item.label},
          {"kind", static_cast<int>(item.kind)},
          {"detail", item.detail},
          {"sortText", item.sort_text},
          {"filterText", item.edit.text},
          {"textEdit", {{"range", to_json(item.edit.range)}, {"newText", item.edit.text}}}};
}

Json to_json(const CodeLens& lens) {
  return {{"range", to_json(lens.range)}, {"command", to_json(lens.command)}};
}

namespace {

/// Two levels: what holds images, and the images.
Json tree_json(const DocumentSymbol& symbol) {
  Json json = {{"name", symbol.name},
               {"detail", symbol.detail},
               {"kind", static_cast<int>(symbol.kind)},
               {"range", to_json(symbol.range)},
               {"selectionRange", to_json(symbol.selection)}};
  Json children = Json::array();
  for (const DocumentSymbol& child : symbol.children) children.push_back(tree_json(child));
  if (!children.empty()) json["children"] = std::move(children);
  return json;
}

Json list_json(const DocumentSymbol& symbol, const std::string& uri) {
  return {{"name", symbol.name},
          {"kind", static_cast<int>(symbol.kind)},
          {"location", {{"uri", uri}, {"range", to_json(symbol.range)}}}};
}

}  // namespace

Json to_json(const std::vector<DocumentSymbol>& symbols, const std::string& uri,
             const ClientCapabilities& client) {
  Json array = Json::array();
  for (const DocumentSymbol& symbol : symbols) {
    if (client.hierarchical_symbols) {
      array.push_back(tree_json(symbol));
      continue;
    }
    array.push_back(list_json(symbol, uri));
    for (const DocumentSymbol& child : symbol.children) {
      Json json = list_json(child, uri);
      json["containerName"] = symbol.name;
      array.push_back(std::move(json));
    }
  }
  return array;
}

Json server_capabilities(const ClientCapabilities& client, Encoding encoding) {
  Json capabilities = {
      {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}}},
      {"codeActionProvider", true},
      {"hoverProvider", true},
      {"definitionProvider", true},
      {"documentLinkProvider", {{"resolveProvider", false}}},
      {"inlayHintProvider", true},
      {"completionProvider", {{"triggerCharacters", {"/", ":", "=", "@"}}}},
      {"renameProvider", true},
      {"documentSymbolProvider", true},
      {"codeLensProvider", {{"resolveProvider", false}}},
      {"executeCommandProvider",
       {{"commands", {"imglint.move", "imglint.fix", "imglint.fixAll", "imglint.ignore"}}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}},
  };
  if (client.code_action_literals)
    capabilities["codeActionProvider"] = {
        {"codeActionKinds", {"quickfix", "source.fixAll.imglint", "refactor.rewrite.imglint"}}};
  if (client.prepare_rename) capabilities["renameProvider"] = {{"prepareProvider", true}};
  if (client.position_encoding) capabilities["positionEncoding"] = to_string(encoding);
  if (client.pull_diagnostics)
    capabilities["diagnosticProvider"] = {
        {"identifier", "imglint"}, {"interFileDependencies", true}, {"workspaceDiagnostics", false}};
  return capabilities;
}

namespace {

constexpr const char* watched_files_method = "workspace/didChangeWatchedFiles";

}  // namespace

Json watched_files_registration() {
  std::vector<WatchPattern> patterns;
  for (const char* name : {".imglint.{yaml,yml}", "{.imglintignore,.gitignore}", "{*.env,.env.*}",
                           "imglint.lock", ".imglint-baseline.json"})
    patterns.push_back({"**/" + std::string(name)});
  for (const KindInfo* kind : all_kinds())
    if (kind->include.empty())
      for (const std::string_view pattern : kind->names) patterns.push_back({"**/" + name_glob(pattern)});
  return watched_files_registration("imglint-files", patterns);
}

Json watched_files_registration(const std::string& id, const std::vector<WatchPattern>& patterns) {
  Json watchers = Json::array();
  for (const auto& [glob, base_uri] : patterns) {
    Json pattern = glob;
    if (!base_uri.empty()) pattern = {{"baseUri", base_uri}, {"pattern", glob}};
    watchers.push_back({{"globPattern", std::move(pattern)}});
  }
  Json registration = {
      {"id", id}, {"method", watched_files_method}, {"registerOptions", {{"watchers", std::move(watchers)}}}};
  return {{"registrations", Json::array({std::move(registration)})}};
}

/// The name is misspelt in the protocol.
Json watched_files_unregistration(const std::string& id) {
  Json unregistration = {{"id", id}, {"method", watched_files_method}};
  return {{"unregisterations", Json::array({std::move(unregistration)})}};
}

}  // namespace imglint::lsp
