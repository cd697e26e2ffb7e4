// Requests that only look: which feature answers which.
#include "lsp/protocol_json.hpp"
#include "lsp/requests/completion.hpp"
#include "lsp/requests/definition.hpp"
#include "lsp/requests/diagnostics.hpp"
#include "lsp/requests/hover.hpp"
#include "lsp/requests/inlay_hints.hpp"
#include "lsp/requests/links.hpp"
#include "lsp/requests/symbols.hpp"
#include "lsp/server.hpp"
#include "lsp/server_view.hpp"

namespace imglint::lsp {

Answer Server::pull(const PullParams& params) {
  const OpenDocument* document = documents_.find(params.uri);
  std::vector<Diagnostic> diagnostics;
  if (document && document->kind && settings_.enable) {
    Workspace& workspace = workspace_of(document->path);
    if (workspace.update()) stale_ = true;
    Places places(documents_, encoding_);
    diagnostics = diagnostics_of(document->path, workspace, places);
  }
  Json items = to_json(diagnostics, client_);
  const std::string id = std::to_string(std::hash<std::string>{}(dumped(items)));
  if (id == params.previous) return Json{{"kind", "unchanged"}, {"resultId", id}};
  return Json{{"kind", "full"}, {"resultId", id}, {"items", std::move(items)}};
}

void Server::add_features() {
  dispatcher_.on_request<PullParams>("textDocument/diagnostic",
                                     [this](const auto& params) { return pull(params); });
  dispatcher_.on_request<PositionParams>("textDocument/hover", [this](const auto& params) {
    return with_view(params.uri, [&](const View& view) -> Answer {
      const auto found = hover(view, params.position, client_.hover_markdown);
      return found ? to_json(*found, client_) : Json(nullptr);
    });
  });
  dispatcher_.on_request<PositionParams>("textDocument/definition", [this](const auto& params) {
    return with_view(params.uri, [&](const View& view) -> Answer {
      Json array = Json::array();
      for (const Location& place : definitions(view, params.position))
        array.push_back({{"uri", view.places.uri(place.source->path())},
                         {"range", to_json(view.places.range(*place.source, place.span))}});
      return array.empty() ? Json(nullptr) : array;
    });
  });
  dispatcher_.on_request<DocumentParams>("textDocument/documentLink", [this](const auto& params) {
    return with_view(params.uri, [&](const View& view) -> Answer {
      Json array = Json::array();
      for (const DocumentLink& link : document_links(view)) array.push_back(to_json(link, client_));
      return array;
    });
  });
  dispatcher_.on_request<RangeParams>("textDocument/inlayHint", [this](const auto& params) {
    return list_of(params.uri, [&](const View& view) { return inlay_hints(view, params.range); });
  });
  dispatcher_.on_request<DocumentParams>("textDocument/codeLens", [this](const auto& params) {
    return list_of(params.uri, [](const View& view) { return code_lenses(view); });
  });
  dispatcher_.on_request<DocumentParams>("textDocument/documentSymbol", [this](const auto& params) {
    return with_view(params.uri, [&](const View& view) -> Answer {
      return to_json(document_symbols(view), params.uri, client_);
    });
  });
  dispatcher_.on_request<PositionParams>("textDocument/completion", [this](const auto& params) {
    return with_whole_view(params.uri, [&](const View& view) -> Answer {
      Json items = Json::array();
      for (const CompletionItem& item : completions(view, params.position)) items.push_back(to_json(item));
      return Json{{"isIncomplete", true}, {"items", std::move(items)}};
    });
  });
}

}  // namespace imglint::lsp
