#include "engine/shared_values.hpp"

#include <algorithm>

namespace imglint {
namespace {

bool overlaps(Span a, Span b) { return a.begin <= b.end && b.begin <= a.end; }

bool reads(const ImageUse& use, const Edit& edit) {
  return std::any_of(use.value.pieces().begin(), use.value.pieces().end(), [&](const Piece& piece) {
    return piece.source == edit.source && overlaps(piece.span, edit.span);
  });
}

bool stands_for(const Finding& finding, const Document& document, const ImageUse& use) {
  const auto covers = [&](const Location& place) {
    return place.source == document.source && use.span.contains(place.span);
  };
  return covers(finding.place) ||
         std::any_of(finding.related.begin(), finding.related.end(),
                     [&](const RelatedPlace& related) { return covers(related.place); });
}

}  // namespace

void withhold_unshared_fixes(std::vector<Finding>& findings, std::span<const CheckedDocument> files) {
  for (Finding& finding : findings) {
    // Bytes of the use itself are read by no other use; only a cause elsewhere has related places.
    if (!finding.fix || finding.related.empty()) continue;
    const bool shared_otherwise = std::any_of(files.begin(), files.end(), [&](const CheckedDocument& file) {
      return std::any_of(file.document->uses.begin(), file.document->uses.end(), [&](const ImageUse& use) {
        return std::any_of(finding.fix->edits.begin(), finding.fix->edits.end(),
                           [&](const Edit& edit) { return reads(use, edit); }) &&
               !stands_for(finding, *file.document, use);
      });
    });
    if (shared_otherwise) finding.fix.reset();
  }
}

}  // namespace imglint
