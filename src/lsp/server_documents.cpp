// Open documents, the scan of the workspaces, and the publishing of diagnostics.
#include <algorithm>

#include "lsp/protocol_json.hpp"
#include "lsp/requests/diagnostics.hpp"
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
    end_typing();
    // Clients that watch no files tell in this way that a configuration is another, be it by another program.
    if (client_.watched_files) return;
    disk_changed({path_of_uri(params.uri)});
    for (const auto& workspace : workspaces_) workspace->look_at_configuration();
  });
  dispatcher_.on_notification<WatchedParams>("workspace/didChangeWatchedFiles", [this](const auto& params) {
    end_typing();
    std::vector<std::string> paths;
    for (const std::string& uri : params.uris) paths.push_back(path_of_uri(uri));
    disk_changed(paths);
  });
}

void Server::open(const OpenParams& params) {
  end_typing();
  close({params.uri});
  OpenDocument& document = documents_.open(params.uri, params.language, params.version, params.text);
  Workspace& workspace = workspace_of(document.path);
  document.kind = workspace.kind_of(document.path, document.text, document.own_kind);
  if (document.kind) workspace.open(document.path, *document.kind);
  text_changed(document.path);  // the disk may hold another text
}

void Server::change(const ChangeParams& params) {
  OpenDocument* document = documents_.find(params.uri);
  if (!document) return;
  for (const TextChange& change : params.changes) apply_change(document->text, change, encoding_);
  document->version = params.version;
  is_typing_ = true;
  Workspace& workspace = workspace_of(document->path);
  // A new file says what it is only when there is something in it.
  if (!document->kind) {
    document->kind = workspace.kind_of(document->path, document->text, nullptr);
    if (document->kind) workspace.open(document->path, *document->kind);
  }
  text_changed(document->path);
}

void Server::close(const DocumentParams& params) {
  const OpenDocument* document = documents_.find(params.uri);
  if (!document) return;
  const std::string path = document->path;
  const bool is_ours = document->kind != nullptr;
  static_cast<void>(documents_.close(params.uri));
  if (is_ours) workspace_of(path).close(path);
  text_changed(path);
}

/// Files of other folders may be read with the document, as those are that include it.
void Server::text_changed(const std::string& path) {
  const Workspace* own = &workspace_of(path);
  for (const auto& workspace : workspaces_)
    if (workspace.get() == own || (!workspace->root().empty() && workspace->holds(path)) ||
        workspace->reads(path))
      workspace->changed({path});
  stale_ = true;
}

void Server::disk_changed(const std::vector<std::string>& paths) {
  for (const auto& workspace : workspaces_) {
    std::vector<std::string> held;
    for (const std::string& path : paths)
      if (workspace->holds(path) || workspace->reads(path)) held.push_back(path);
    if (!held.empty()) workspace->changed(held);
  }
  stale_ = true;
}

/// What an editor shows comes first, then the files that are not open.
bool Server::background() {
  if (stale_) {
    publish();
    return true;
  }
  if (!updating_.empty() && go_on_updating()) return true;
  if (scan()) return true;
  if (!watches_are_stale()) return false;
  renew_watches();
  return true;
}

bool Server::scan() {
  if (!may_scan_ || !settings_.enable) return false;
  for (const auto& workspace : workspaces_) {
    if (workspace->scanned()) continue;
    static_cast<void>(workspace->scan_step(interrupted_));
    report_progress();
    if (workspace->scanned()) stale_ = true;
    return true;
  }
  return false;
}

void Server::report_progress() {
  if (progress_ != Progress::allowed && progress_ != Progress::begun) return;
  const auto say = [&](Json value) {
    dispatcher_.notify("$/progress", {{"token", "imglint-scan"}, {"value", std::move(value)}});
  };
  std::size_t read = 0, known = 0;
  bool scanned = true;
  for (const auto& workspace : workspaces_) {
    read += workspace->files_read();
    known += workspace->files_known();
    scanned = scanned && workspace->scanned();
  }
  const std::string count = std::to_string(read) + " of " + std::to_string(known) + " files";
  const std::size_t percentage = known == 0 ? 0 : read * 100 / known;
  if (progress_ == Progress::allowed)
    say({{"kind", "begin"}, {"title", "imglint"}, {"message", count}, {"percentage", percentage}});
  else if (!scanned)
    say({{"kind", "report"}, {"message", count}, {"percentage", percentage}});
  progress_ = scanned ? Progress::none : Progress::begun;
  if (scanned) say({{"kind", "end"}, {"message", count}});
}

/// Documents that other files turned out to include are what those make of them, and what they are by
/// themselves when none does any more. False if there are none.
bool Server::take_up_documents() {
  bool any = false;
  for (const auto& [uri, shown] : documents_.by_uri()) {
    Workspace& workspace = workspace_of(shown.path);
    const KindInfo* kind = workspace.brought_kind(shown.path);
    if (!kind && !shown.is_brought) continue;
    OpenDocument& document = *documents_.find(uri);
    document.is_brought = kind != nullptr;
    if (!kind) kind = workspace.kind_of(shown.path, shown.text, shown.own_kind);
    if (kind == shown.kind) continue;
    document.kind = kind;
    if (kind)
      workspace.open(shown.path, *kind);
    else
      workspace.close(shown.path);
    any = true;
  }
  return any;
}

void Server::publish() {
  if (const std::string day = today_(); day != day_ && settings_.as_of.empty())
    for (const auto& workspace : workspaces_) configure(*workspace);
  stale_ = false;
  bool changed = false;
  std::set<std::string, std::less<>> touched;
  do {
    for (const auto& workspace : workspaces_) changed = workspace->update() || changed;
  } while (take_up_documents());
  for (const auto& workspace : workspaces_) touched.merge(workspace->take_touched());
  touched.insert(mistaken_.begin(), mistaken_.end());
  mistaken_.clear();
  for (const auto& workspace : workspaces_) {
    for (const Error& error : workspace->config_errors())
      if (!error.path.empty()) mistaken_.insert(error.path);
    for (const Error& error : workspace->mistaken_files()) mistaken_.insert(error.path);
  }
  touched.insert(mistaken_.begin(), mistaken_.end());
  const Places places(documents_, encoding_);
  std::map<std::string, std::string> by_uri;
  for (const std::string& path : touched) by_uri.emplace(places.uri(path), path);
  for (const auto& entry : by_uri) send_change(entry.second);
  tell_of_mistakes();
  if (changed && client_.pull_diagnostics && client_.diagnostic_refresh)
    dispatcher_.ask("workspace/diagnostic/refresh", nullptr, [](const Json&) {});
}

/// What an open document shows that is not asked about; another file if what is wrong there shows in an open
/// one, or if it is a configuration with mistakes. Nothing where nothing was ever to be shown.
std::optional<Server::Shown> Server::shown_in(const std::string& path) {
  if (!settings_.enable) return std::nullopt;
  Shown shown;
  const OpenDocument* document = documents_.find_path(path);
  if (document) {
    if (client_.pull_diagnostics && document->kind) return std::nullopt;
    Places places(documents_, encoding_);
    shown = {document->version, diagnostics_of(path, workspace_of(path), places)};
  } else {
    add_from_elsewhere(path, shown.diagnostics);
  }
  for (const auto& workspace : workspaces_) {
    for (const Error& error : workspace->config_errors())
      if (error.path == path) shown.diagnostics.push_back(diagnostic_of(error));
    for (const Error& error : workspace->mistaken_files())
      if (error.path == path) shown.diagnostics.push_back(diagnostic_of(error));
  }
  if (shown.diagnostics.empty() && !(document && document->kind)) return std::nullopt;
  return shown;
}

/// Findings in a file that is not open which show in one that is.
void Server::add_from_elsewhere(const std::string& path, std::vector<Diagnostic>& diagnostics) {
  Places places(documents_, encoding_);
  const auto is_open = [&](const RelatedPlace& related) {
    return related.place.source && documents_.find_path(related.place.source->path());
  };
  for (const auto& workspace : workspaces_)
    for (const Finding* finding : workspace->findings_in(path))
      if (std::any_of(finding->related.begin(), finding->related.end(), is_open))
        diagnostics.push_back(diagnostic_of(*finding, settings_, places));
}

void Server::send_change(const std::string& path) {
  const std::optional<Shown> shown = shown_in(path);
  const auto last = published_.find(path);
  const Places places(documents_, encoding_);
  const std::string uri = places.uri(path);
  if (last != published_.end() && (!shown || last->second.uri != uri)) {
    send_diagnostics(last->second.uri, std::nullopt, Json::array());
    published_.erase(last);
  }
  if (!shown) return;
  Json json = to_json(shown->diagnostics, client_);
  std::string text = std::to_string(shown->version.value_or(-1)) + dumped(json);
  Published& published = published_[path];
  if (published.uri == uri && published.text == text) return;
  published = {uri, std::move(text)};
  send_diagnostics(uri, shown->version, std::move(json));
}

void Server::tell_of_mistakes() {
  const bool mistakes = std::any_of(workspaces_.begin(), workspaces_.end(), [](const auto& workspace) {
    return !workspace->config_errors().empty();
  });
  if (mistakes && !config_is_wrong_)
    show_message(1,
                 "mistakes in the configuration: nothing is judged until they are mended" + first_mistake());
  config_is_wrong_ = mistakes;
}

/// One without a place in a file, such as a rule of the settings that is none.
std::string Server::first_mistake() const {
  for (const auto& workspace : workspaces_)
    for (const Error& error : workspace->config_errors())
      if (error.path.empty()) return "; " + error.message;
  return {};
}

void Server::show_message(int type, const std::string& text) {
  dispatcher_.notify("window/showMessage", {{"type", type}, {"message", "imglint: " + text}});
}

void Server::send_diagnostics(const std::string& uri, std::optional<std::int64_t> version, Json diagnostics) {
  Json params = {{"uri", uri}, {"diagnostics", std::move(diagnostics)}};
  if (version && client_.diagnostic_version) params["version"] = *version;
  dispatcher_.notify("textDocument/publishDiagnostics", std::move(params));
}

}  // namespace imglint::lsp
