#include "lsp/requests/inlay_hints.hpp"

#include "base/printable.hpp"
#include "lsp/uses_at.hpp"

namespace imglint::lsp {
namespace {

/// Longer ones would push the text away.
constexpr std::size_t longest = 60;

std::string label_of(const ImageUse& use, InlayHints wanted) {
  if (!use.value.is_known() || use.kind == Kind::invalid) return {};
  const std::string value = printable(use.value.text());
  switch (wanted) {
    case InlayHints::off:
      return {};
    case InlayHints::all: {
      const std::string name = full_name(use);
      return name.empty() || name == use.written.text() ? std::string() : "= " + name;
    }
    case InlayHints::variables: {
      const bool differs = !use.value.variables.empty() && use.value.text() != use.written.text();
      return differs && !value.empty() && value.size() <= longest ? "= " + value : std::string();
    }
  }
  return {};
}

}  // namespace

std::vector<InlayHint> inlay_hints(const View& view, const Range& range) {
  std::vector<InlayHint> hints;
  const Span wanted = view.places.map(view.source()).span(range);
  for (const ImageUse& use : view.document().uses) {
    if (use.span.end < wanted.begin || use.span.end > wanted.end) continue;
    std::string label = label_of(use, view.settings.inlay_hints);
    if (label.empty()) continue;
    hints.push_back({view.places.range(view.source(), {use.span.end, use.span.end}).start, std::move(label),
                     full_name(use)});
  }
  return hints;
}

}  // namespace imglint::lsp
