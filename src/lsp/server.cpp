#include "lsp/server.hpp"

#include <algorithm>
#include <new>

#include "base/memory_reserve.hpp"
#include "base/version.hpp"
#include "lsp/protocol_json.hpp"
#include "lsp/requests/diagnostics.hpp"
#include "lsp/uri.hpp"

namespace imglint::lsp {

Server::Server(FileSystem& disk, std::function<std::string()> today)
    : files_(disk, documents_),
      configurations_(disk, documents_, BufferFiles::Use::configurations),
      today_(std::move(today)) {
  workspaces_.push_back(std::make_unique<Workspace>("", files_, configurations_));
  add_life_cycle();
  add_documents();
  add_features();
  add_edits();
}

void Server::add_life_cycle() {
  dispatcher_.on_request<InitializeParams>("initialize",
                                           [this](const auto& params) { return initialize(params); });
  dispatcher_.on_notification<NoParams>("initialized", [this](const auto&) { initialized(); });
  dispatcher_.on_json("workspace/didChangeConfiguration", [this](const Json& params) {
    if (client_.configuration) return ask_settings();
    const auto settings = params.is_object() ? params.find("settings") : params.end();
    if (settings != params.end()) apply_settings(*settings);
  });
  dispatcher_.on_notification<FolderParams>("workspace/didChangeWorkspaceFolders",
                                            [this](const auto& params) { change_folders(params); });
}

Answer Server::initialize(const InitializeParams& params) {
  client_ = params.client;
  if (client_.position_encoding)
    for (const Encoding encoding : {Encoding::utf8, Encoding::utf16, Encoding::utf32})
      if (to_string(encoding) == *client_.position_encoding) encoding_ = encoding;
  first_settings_ = params.options;
  change_folders({.added = params.folders});
  apply_settings(nullptr);
  Json capabilities = server_capabilities(client_, encoding_);
  if (digest_service_) capabilities["executeCommandProvider"]["commands"].push_back("imglint.updateDigests");
  return Json{{"capabilities", std::move(capabilities)},
              {"serverInfo", {{"name", "imglint"}, {"version", version}}}};
}

void Server::initialized() {
  if (client_.configuration) ask_settings();
  if (client_.watched_files)
    dispatcher_.ask("client/registerCapability", watched_files_registration(), [](const Json&) {});
  may_scan_ = !client_.progress || workspaces_.size() == 1;
  if (!may_scan_) {
    progress_ = Progress::asked;
    dispatcher_.ask("window/workDoneProgress/create", {{"token", "imglint-scan"}}, [this](const Json&) {
      may_scan_ = true;
      progress_ = Progress::allowed;
    });
  }
}

void Server::ask_settings() {
  waits_for_settings_ = true;
  Json item = {{"section", "imglint"}};
  dispatcher_.ask("workspace/configuration", {{"items", Json::array({std::move(item)})}},
                  [this](const Json& result) {
                    waits_for_settings_ = false;
                    if (result.is_array() && !result.empty()) apply_settings(result.front());
                  });
}

/// The defaults, then the initializationOptions, then these.
void Server::apply_settings(const Json& settings) {
  Settings fresh;
  std::vector<std::string> problems;
  read_settings(Json::parse(first_settings_, nullptr, false), fresh, problems);
  read_settings(settings, fresh, problems);
  for (const std::string& problem : problems) show_message(2, problem);
  if (fresh == settings_ && !day_.empty()) return;
  settings_ = std::move(fresh);
  for (auto& workspace : workspaces_) configure(*workspace);
  if (client_.inlay_hint_refresh && dispatcher_.running())
    dispatcher_.ask("workspace/inlayHint/refresh", nullptr, [](const Json&) {});
  if (client_.code_lens_refresh && dispatcher_.running())
    dispatcher_.ask("workspace/codeLens/refresh", nullptr, [](const Json&) {});
}

void Server::configure(Workspace& workspace) {
  day_ = today_();
  workspace.configure(settings_, day_);
  stale_ = true;
}

Workspace& Server::workspace_of(std::string_view path) {
  Workspace* best = workspaces_.back().get();
  for (const auto& workspace : workspaces_)
    if (!workspace->root().empty() && workspace->holds(path) &&
        workspace->root().size() > best->root().size())
      best = workspace.get();
  return *best;
}

void Server::change_folders(const FolderParams& params) {
  for (const auto& [uri, document] : documents_.by_uri())
    if (document.kind) workspace_of(document.path).close(document.path);
  for (const std::string& uri : params.removed) {
    const std::string root = path_of_uri(uri);
    std::erase_if(workspaces_, [&](const auto& workspace) { return workspace->root() == root; });
  }
  for (const std::string& uri : params.added) {
    const std::string root = path_of_uri(uri);
    const bool known = std::any_of(workspaces_.begin(), workspaces_.end(),
                                   [&](const auto& workspace) { return workspace->root() == root; });
    if (known || !uri.starts_with("file:")) continue;
    const auto added =
        workspaces_.insert(workspaces_.end() - 1, std::make_unique<Workspace>(root, files_, configurations_));
    if (!day_.empty()) configure(**added);
  }
  for (const auto& [uri, document] : documents_.by_uri())
    if (document.kind) workspace_of(document.path).open(document.path, *document.kind);
  watch_again_ = true;
  stale_ = true;
}

bool Server::has_work() const {
  if (dispatcher_.has_message()) return true;
  if (!dispatcher_.running() || waits_for_settings_) return false;
  return stale_ || !updating_.empty() || watches_are_stale() ||
         (may_scan_ && settings_.enable &&
          std::any_of(workspaces_.begin(), workspaces_.end(),
                      [](const auto& workspace) { return !workspace->scanned(); }));
}

bool Server::step() {
  if (dispatcher_.has_message()) {
    dispatcher_.handle_next();
    return true;
  }
  if (!has_work()) return false;
  static_cast<void>(MemoryReserve::renew());
  try {
    return background();
  } catch (const std::bad_alloc&) {
    // What is open is tried again with the next change; the other files are not read any more.
    stale_ = false;
    may_scan_ = false;
    dispatcher_.tell_of_memory();
    return true;
  }
}

}  // namespace imglint::lsp
