#include "lsp/requests/symbols.hpp"

#include <algorithm>

#include "base/printable.hpp"
#include "lsp/uses_at.hpp"
#include "reference/parse.hpp"

namespace imglint::lsp {
namespace {

DocumentSymbol symbol_of(const ImageUse& use, const View& view) {
  const Range range = view.places.range(view.source(), use.span);
  std::string name = printable(use.written.text());
  if (name.empty()) name = "(empty)";
  return {.name = std::move(name),
          .detail = std::string(use.role->name),
          .kind = SymbolKind::constant,
          .range = range,
          .selection = range};
}

void add_child(DocumentSymbol& parent, DocumentSymbol child) {
  parent.range = {std::min(parent.range.start, child.range.start),
                  std::max(parent.range.end, child.range.end)};
  parent.children.push_back(std::move(child));
}

std::vector<DocumentSymbol> stage_symbols(const View& view) {
  const Document& document = view.document();
  std::vector<DocumentSymbol> symbols, stages;
  for (std::size_t index = 0; index < document.stages.size(); ++index) {
    const Stage& stage = document.stages[index];
    const Span name = stage.name_span.empty() ? stage.instruction : stage.name_span;
    stages.push_back({.name = stage.name.empty() ? "stage " + std::to_string(index)
                                                 : printable(view.source().text(stage.name_span)),
                      .kind = SymbolKind::class_,
                      .range = view.places.range(view.source(), stage.instruction),
                      .selection = view.places.range(view.source(), name)});
  }
  for (const ImageUse& use : document.uses) {
    DocumentSymbol symbol = symbol_of(use, view);
    const auto stage = static_cast<std::size_t>(use.in_stage);
    if (use.in_stage < 0 || stage >= stages.size()) {
      symbols.push_back(std::move(symbol));
      continue;
    }
    if (use.role->main) stages[stage].detail = symbol.name;
    add_child(stages[stage], std::move(symbol));
  }
  std::move(stages.begin(), stages.end(), std::back_inserter(symbols));
  return symbols;
}

std::vector<DocumentSymbol> service_symbols(const View& view) {
  const Document& document = view.document();
  std::vector<DocumentSymbol> symbols, services;
  for (const Service& service : document.services) {
    const Range name = view.places.range(view.source(), service.name_span);
    services.push_back({.name = service.name.empty() ? "(empty)" : printable(service.name),
                        .kind = SymbolKind::module,
                        .range = name,
                        .selection = name});
  }
  for (const ImageUse& use : document.uses) {
    DocumentSymbol symbol = symbol_of(use, view);
    const auto service = static_cast<std::size_t>(use.service);
    // An anchor may be written far above the service that uses it.
    const bool below = use.service >= 0 && service < services.size() &&
                       use.span.begin >= document.services[service].name_span.begin;
    if (!below) {
      symbols.push_back(std::move(symbol));
      continue;
    }
    if (use.role->main) services[service].detail = symbol.name;
    add_child(services[service], std::move(symbol));
  }
  std::move(services.begin(), services.end(), std::back_inserter(symbols));
  return symbols;
}

}  // namespace

std::vector<DocumentSymbol> document_symbols(const View& view) {
  return view.document().file_part().has_stages ? stage_symbols(view) : service_symbols(view);
}

std::vector<CodeLens> code_lenses(const View& view) {
  if (!view.settings.code_lens) return {};
  std::size_t images = 0, unpinned = 0;
  for (const ImageUse& use : view.document().uses) {
    if (!is_pulled(use)) continue;
    ++images;
    if (!use.parsed() || !use.parsed()->digest) ++unpinned;
  }
  if (images == 0) return {};
  std::string title = std::to_string(images) + (images == 1 ? " image, " : " images, ");
  title += unpinned == 0 ? "pinned" : std::to_string(unpinned) + " without a digest";
  if (unpinned == 0 && images > 1) title = std::to_string(images) + " images, all pinned";
  return {{.range = {}, .command = {.title = std::move(title)}}};
}

}  // namespace imglint::lsp
