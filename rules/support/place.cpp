#include "rules/support/place.hpp"

#include <algorithm>
#include <vector>

namespace imglint {
namespace {

bool touches(const Piece& piece, TextRange range) {
  if (range.empty()) return piece.text.begin <= range.begin && range.begin <= piece.text.end;
  return piece.text.begin < range.end && range.begin < piece.text.end;
}

/// All pieces under the range have one origin, and follow each other there.
bool one_origin(const ImageUse& use, TextRange range) {
  const Piece* last = nullptr;
  for (const Piece& piece : use.value.pieces()) {
    if (!touches(piece, range) || (piece.text.empty() && !range.empty())) continue;
    if (!piece.source) return false;
    if (last && (last->source != piece.source || last->variable != piece.variable ||
                 last->span.end > piece.span.begin))
      return false;
    last = &piece;
  }
  return last != nullptr;
}

Location whole_use(const Document& document, const ImageUse& use) { return {document.source, use.span}; }

/// Where a piece shows at the use: its own bytes, or the `${…}` it came through.
Location shown_at_use(const ImageUse& use, const Piece& piece) {
  if (piece.variable == no_variable) return {piece.source, piece.span};
  return use.value.variables[piece.variable].written;
}

Location cover_at_use(const Document& document, const ImageUse& use, TextRange range) {
  const Location whole = whole_use(document, use);
  Span cover{use.span.end, use.span.begin};
  for (const Piece& piece : use.value.pieces()) {
    if (!touches(piece, range)) continue;
    Location shown = shown_at_use(use, piece);
    if (shown.source != document.source || !use.span.contains(shown.span)) return whole;
    // Text of the use's own bytes: only as much of the piece as the range takes.
    if (piece.variable == no_variable && piece.exact) {
      const std::uint32_t skipped = std::max(range.begin, piece.text.begin) - piece.text.begin;
      const std::uint32_t left = piece.text.end - std::min(range.end, piece.text.end);
      shown.span = {shown.span.begin + skipped, shown.span.end - left};
    }
    cover = {std::min(cover.begin, shown.span.begin), std::max(cover.end, shown.span.end)};
  }
  return cover.begin < cover.end ? Location{document.source, cover} : whole;
}

}  // namespace

Cause cause_of(const Document& document, const ImageUse& use, TextRange range) {
  if (one_origin(use, range)) {
    if (const auto place = use.value.cover_of(range)) {
      if (place->source != document.source) return {*place, true, cover_at_use(document, use, range)};
      return {*place, !use.span.contains(place->span)};
    }
  }
  return {cover_at_use(document, use, range), false};
}

}  // namespace imglint
