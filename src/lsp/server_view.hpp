// How a request gets at the document it is about.
#pragma once

#include "lsp/protocol_json.hpp"
#include "lsp/server.hpp"

namespace imglint::lsp {

template <class Make>
Answer Server::with_view(const std::string& uri, const Make& make) {
  const OpenDocument* document = documents_.find(uri);
  if (!document || !document->kind || !settings_.enable) return Json(nullptr);
  Workspace& workspace = workspace_of(document->path);
  if (workspace.update()) stale_ = true;
  const ProjectFile* file = workspace.file(document->path);
  if (!file) return Json(nullptr);
  Places places(documents_, encoding_);
  return make(View{*document, workspace, *file, places, settings_});
}

template <class Make>
Answer Server::with_whole_view(const std::string& uri, const Make& make) {
  if (const OpenDocument* document = documents_.find(uri); document && document->kind && settings_.enable)
    for (Workspace& workspace = workspace_of(document->path); !workspace.scanned();) {
      static_cast<void>(workspace.scan_step());
      stale_ = true;
    }
  return with_view(uri, make);
}

template <class Make>
Answer Server::list_of(const std::string& uri, const Make& make) {
  return with_view(uri, [&](const View& view) -> Answer {
    Json array = Json::array();
    for (const auto& item : make(view)) array.push_back(to_json(item));
    return array;
  });
}

}  // namespace imglint::lsp
