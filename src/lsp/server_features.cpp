// Which feature answers which request.
#include "lsp/diagnostics.hpp"
#include "lsp/protocol_json.hpp"
#include "lsp/server.hpp"

namespace imglint::lsp {

template <class Make>
Answer Server::with_view(const std::string& uri, const Make& make) {
  const OpenDocument* document = documents_.find(uri);
  if (!document || !document->dialect || !settings_.enable) return Json(nullptr);
  Workspace& workspace = workspace_of(document->path);
  if (workspace.update()) stale_ = true;
  const ProjectFile* file = workspace.file(document->path);
  if (!file) return Json(nullptr);
  Places places(documents_, encoding_);
  return make(View{*document, workspace, *file, places, settings_});
}

template <class Make>
Answer Server::list_of(const std::string& uri, const Make& make) {
  return with_view(uri, [&](const View& view) -> Answer {
    Json array = Json::array();
    for (const auto& item : make(view)) array.push_back(to_json(item));
    return array;
  });
}

Answer Server::pull(const PullParams& params) {
  const OpenDocument* document = documents_.find(params.uri);
  std::vector<Diagnostic> diagnostics;
  if (document && document->dialect && settings_.enable) {
    Workspace& workspace = workspace_of(document->path);
    if (workspace.update()) stale_ = true;
    Places places(documents_, encoding_);
    diagnostics = diagnostics_of(document->path, workspace, places);
  }
  Json items = to_json(diagnostics, client_);
  const std::string id =
      std::to_string(std::hash<std::string>{}(items.dump(-1, ' ', false, Json::error_handler_t::replace)));
  if (id == params.previous) return Json{{"kind", "unchanged"}, {"resultId", id}};
  return Json{{"kind", "full"}, {"resultId", id}, {"items", std::move(items)}};
}

void Server::add_features() {
  dispatcher_.on_request<PullParams>("textDocument/diagnostic",
                                     [this](const auto& params) { return pull(params); });
}

void Server::add_edits() {}

}  // namespace imglint::lsp
