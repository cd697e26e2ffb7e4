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

std::string name_of(const Owner& owner) {
  if (!owner.name.empty()) return printable(owner.name);
  return owner.stage >= 0 ? "stage " + std::to_string(owner.stage) : "(empty)";
}

DocumentSymbol symbol_of(const Owner& owner, const View& view) {
  return {.name = name_of(owner),
          .kind = owner.stage >= 0 ? SymbolKind::class_ : SymbolKind::module,
          .range = view.places.range(view.source(), owner.span),
          .selection = view.places.range(view.source(), owner.name_span)};
}

/// The owner that is inside of no other.
const Owner* outermost(const Document& document, OwnerIndex index) {
  const Owner* owner = document.owner(index);
  while (owner && owner->parent != no_owner) owner = document.owner(owner->parent);
  return owner;
}

}  // namespace

std::vector<DocumentSymbol> document_symbols(const View& view) {
  const Document& document = view.document();
  std::vector<DocumentSymbol> symbols, owners;
  std::vector<std::size_t> numbers(document.owners.size());
  for (const Owner& owner : document.owners) {
    if (owner.parent != no_owner) continue;
    numbers[static_cast<std::size_t>(&owner - document.owners.data())] = owners.size();
    owners.push_back(symbol_of(owner, view));
  }
  for (const ImageUse& use : document.uses) {
    DocumentSymbol symbol = symbol_of(use, view);
    const Owner* owner = outermost(document, use.owner);
    // An anchor may be written far above the service that uses it.
    if (!owner || use.span.begin < owner->span.begin) {
      symbols.push_back(std::move(symbol));
      continue;
    }
    DocumentSymbol& parent = owners[numbers[static_cast<std::size_t>(owner - document.owners.data())]];
    if (use.role->main) parent.detail = symbol.name;
    add_child(parent, std::move(symbol));
  }
  std::move(owners.begin(), owners.end(), std::back_inserter(symbols));
  return symbols;
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
