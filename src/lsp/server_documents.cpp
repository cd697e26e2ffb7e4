// Open documents, the scan of the workspaces, and the publishing of diagnostics.
#include <algorithm>

#include "lsp/diagnostics.hpp"
#include "lsp/protocol_json.hpp"
#include "lsp/server.hpp"
#include "lsp/uri.hpp"

namespace imglint::lsp {

void Server::add_documents() {
  dispatcher_.on_notification<OpenParams>("textDocument/didOpen",
                                          [this](const auto& params) { open(params); });
  dispatcher_.on_notification<ChangeParams>("textDocument/didChange",
                                            [this](const auto& params) { change(params); });
  dispatcher_.on_notification<DocumentParams>("textDocument/didClose",
                                              [this](const auto& params) { close(params); });
  dispatcher_.on_notification<DocumentParams>("textDocument/didSave", [this](const auto& params) {
    // Clients that watch no files tell in this way that a configuration is another.
    if (!client_.watched_files) disk_changed(path_of_uri(params.uri));
  });
  dispatcher_.on_notification<WatchedParams>("workspace/didChangeWatchedFiles", [this](const auto& params) {
    for (const std::string& uri : params.uris) disk_changed(path_of_uri(uri));
  });
}

void Server::open(const OpenParams& params) {
  close({params.uri});
  const OpenDocument& document = documents_.open(params.uri, params.language, params.version, params.text);
  Workspace& workspace = workspace_of(document.path);
  if (document.dialect)
    workspace.open(document.path, *document.dialect);
  else
    workspace.changed(document.path);
  stale_ = true;
}

void Server::change(const ChangeParams& params) {
  OpenDocument* document = documents_.find(params.uri);
  if (!document) return;
  for (const TextChange& change : params.changes) apply_change(document->text, change, encoding_);
  document->version = params.version;
  workspace_of(document->path).changed(document->path);
  stale_ = true;
}

void Server::close(const DocumentParams& params) {
  const OpenDocument* document = documents_.find(params.uri);
  if (!document) return;
  const std::string path = document->path;
  const bool is_ours = document->dialect.has_value();
  static_cast<void>(documents_.close(params.uri));
  if (is_ours)
    workspace_of(path).close(path);
  else
    workspace_of(path).changed(path);
  if (published_.erase(params.uri) > 0) send_diagnostics(params.uri, std::nullopt, Json::array());
  stale_ = true;
}

void Server::disk_changed(const std::string& path) {
  for (const auto& workspace : workspaces_)
    if (workspace->holds(path)) workspace->changed(path);
  stale_ = true;
}

/// What an editor shows comes first, then the files that are not open.
bool Server::background() {
  if (stale_) {
    publish();
    return true;
  }
  return scan();
}

bool Server::scan() {
  if (waits_for_progress_ || !settings_.enable) return false;
  for (const auto& workspace : workspaces_) {
    if (workspace->scanned()) continue;
    static_cast<void>(workspace->scan_step());
    report_progress(*workspace);
    if (workspace->scanned()) stale_ = true;
    return true;
  }
  return false;
}

void Server::report_progress(const Workspace& workspace) {
  if (progress_ != Progress::allowed && progress_ != Progress::begun) return;
  const auto say = [&](Json value) {
    dispatcher_.notify("$/progress", {{"token", "imglint-scan"}, {"value", std::move(value)}});
  };
  const std::string count =
      std::to_string(workspace.files_read()) + " of " + std::to_string(workspace.files_known()) + " files";
  const std::size_t percentage =
      workspace.files_known() == 0 ? 0 : workspace.files_read() * 100 / workspace.files_known();
  if (progress_ == Progress::allowed) {
    progress_ = Progress::begun;
    say({{"kind", "begin"}, {"title", "imglint"}, {"message", count}, {"percentage", percentage}});
  } else if (!std::all_of(workspaces_.begin(), workspaces_.end(),
                          [](const auto& each) { return each->scanned(); })) {
    say({{"kind", "report"}, {"message", count}, {"percentage", percentage}});
  } else {
    progress_ = Progress::none;
    say({{"kind", "end"}, {"message", count}});
  }
}

void Server::publish() {
  stale_ = false;
  if (const std::string day = today_(); day != day_ && settings_.as_of.empty())
    for (const auto& workspace : workspaces_) configure(*workspace);
  stale_ = false;
  bool changed = false;
  for (const auto& workspace : workspaces_) {
    changed = workspace->update() || changed;
    publish(*workspace);
  }
  publish_config_errors();
  if (changed && client_.pull_diagnostics && client_.diagnostic_refresh)
    dispatcher_.ask("workspace/diagnostic/refresh", nullptr, [](const Json&) {});
}

void Server::publish(Workspace& workspace) {
  if (client_.pull_diagnostics) return;
  Places places(documents_, encoding_);
  for (const auto& [uri, document] : documents_.by_uri()) {
    if (&workspace_of(document.path) != &workspace) continue;
    const auto diagnostics =
        settings_.enable ? diagnostics_of(document.path, workspace, places) : std::vector<Diagnostic>();
    if (diagnostics.empty() && !document.dialect && !published_.contains(uri)) continue;
    Json json = to_json(diagnostics, client_);
    std::string key =
        std::to_string(document.version) + json.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string& last = published_[uri];
    if (last == key) continue;
    last = std::move(key);
    send_diagnostics(uri, document.version, std::move(json));
  }
}

void Server::publish_config_errors() {
  std::map<std::string, std::vector<Diagnostic>> by_uri;
  for (const auto& workspace : workspaces_)
    for (const Error& error : workspace->config_errors()) {
      if (error.path.empty()) continue;
      std::string uri = uri_of_path(error.path);
      if (const OpenDocument* open = documents_.find_path(error.path)) uri = open->uri;
      by_uri[uri].push_back(diagnostic_of(error));
    }
  for (const std::string& uri : config_uris_)
    if (!by_uri.contains(uri)) send_diagnostics(uri, std::nullopt, Json::array());
  std::set<std::string> shown;
  for (const auto& [uri, diagnostics] : by_uri) {
    shown.insert(uri);
    if (!config_uris_.contains(uri)) {
      send_diagnostics(uri, std::nullopt, to_json(diagnostics, client_));
      dispatcher_.notify(
          "window/showMessage",
          {{"type", 1},
           {"message", "imglint: mistakes in the configuration; nothing is judged until they are mended"}});
    }
  }
  config_uris_ = std::move(shown);
}

void Server::send_diagnostics(const std::string& uri, std::optional<std::int64_t> version, Json diagnostics) {
  Json params = {{"uri", uri}, {"diagnostics", std::move(diagnostics)}};
  if (version && client_.diagnostic_version) params["version"] = *version;
  dispatcher_.notify("textDocument/publishDiagnostics", std::move(params));
}

}  // namespace imglint::lsp
