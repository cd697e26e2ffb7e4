#include "model/mapped_text.hpp"

#include <algorithm>

namespace imglint {
namespace {

/// The piece that holds the byte at an offset. Empty pieces hold none.
const Piece* piece_at(std::span<const Piece> pieces, std::uint32_t offset) {
  const auto after = std::partition_point(pieces.begin(), pieces.end(),
                                          [&](const Piece& piece) { return piece.text.begin <= offset; });
  if (after == pieces.begin()) return nullptr;
  const Piece& piece = *std::prev(after);
  return offset < piece.text.end ? &piece : nullptr;
}

std::uint32_t source_offset(const Piece& piece, std::uint32_t offset) {
  return piece.span.begin + (offset - piece.text.begin);
}

}  // namespace

MappedText MappedText::slice(const Source& source, Span span, Arena& arena) {
  const std::string_view text = source.text(span);
  const Piece piece{.text = {0, span.size()}, .source = &source, .span = span};
  return {text, arena.copy(std::span<const Piece>(&piece, 1))};
}

std::optional<Location> MappedText::source_of(TextRange range) const {
  if (range.empty()) {
    std::optional<Location> before;
    std::optional<Location> after;
    if (const Piece* piece = range.begin > 0 ? piece_at(pieces_, range.begin - 1) : nullptr;
        piece && piece->source && piece->exact) {
      const std::uint32_t at = source_offset(*piece, range.begin);
      before = Location{piece->source, {at, at}};
    }
    if (const Piece* piece = piece_at(pieces_, range.begin); piece && piece->source && piece->exact) {
      const std::uint32_t at = source_offset(*piece, range.begin);
      after = Location{piece->source, {at, at}};
    }
    if (range.begin == 0) return after;
    if (range.begin == text_.size()) return before;
    return before == after ? before : std::nullopt;
  }
  const Piece* piece = piece_at(pieces_, range.begin);
  if (!piece || !piece->source || !piece->exact || range.end > piece->text.end) return std::nullopt;
  return Location{piece->source, {source_offset(*piece, range.begin), source_offset(*piece, range.end)}};
}

std::optional<Location> MappedText::cover_of(TextRange range) const {
  if (range.empty()) return source_of(range);
  const Piece* first = piece_at(pieces_, range.begin);
  const Piece* last = piece_at(pieces_, range.end - 1);
  if (!first || !last || !first->source || first->source != last->source) return std::nullopt;
  const std::uint32_t begin = first->exact ? source_offset(*first, range.begin) : first->span.begin;
  const std::uint32_t end = last->exact ? source_offset(*last, range.end) : last->span.end;
  if (end < begin) return std::nullopt;
  return Location{first->source, {begin, end}};
}

std::optional<Location> MappedText::place() const {
  if (!text_.empty()) return cover_of({0, static_cast<std::uint32_t>(text_.size())});
  if (pieces_.empty() || !pieces_.front().source) return std::nullopt;
  return Location{pieces_.front().source, pieces_.front().span};
}

MappedText MappedText::sub(TextRange range, Arena& arena) const {
  MappedTextBuilder builder;
  builder.append(*this, range);
  return builder.finish(arena);
}

MappedText MappedText::without_variables(Arena& arena) const {
  std::vector<Piece> pieces(pieces_.begin(), pieces_.end());
  for (Piece& piece : pieces) piece.variable = no_variable;
  return {text_, arena.copy(std::span<const Piece>(pieces))};
}

void MappedTextBuilder::copy(const Source* source, Span span, std::string_view bytes,
                             VariableIndex variable) {
  add(bytes, {.source = source, .span = span, .variable = variable});
}

void MappedTextBuilder::replace(const Source* source, Span span, std::string_view text,
                                VariableIndex variable) {
  add(text, {.source = source, .span = span, .exact = false, .variable = variable});
}

void MappedTextBuilder::outside(std::string_view text, VariableIndex variable) {
  add(text, {.exact = false, .variable = variable});
}

void MappedTextBuilder::append(const MappedText& text, VariableIndex variable) {
  append(text, {0, static_cast<std::uint32_t>(text.text().size())}, variable);
}

void MappedTextBuilder::append(const MappedText& text, TextRange range, VariableIndex variable,
                               VariableIndex first) {
  const std::span<const Piece> pieces = text.pieces();
  auto at = std::partition_point(pieces.begin(), pieces.end(),
                                 [&](const Piece& piece) { return piece.text.end < range.begin; });
  for (; at != pieces.end() && at->text.begin <= range.end; ++at) {
    Piece piece = *at;
    const TextRange part{std::max(piece.text.begin, range.begin), std::min(piece.text.end, range.end)};
    if (part.empty() && !piece.text.empty()) continue;
    if (piece.exact && piece.source)
      piece.span = {source_offset(piece, part.begin), source_offset(piece, part.end)};
    piece.variable =
        piece.variable == no_variable ? variable : static_cast<VariableIndex>(piece.variable + first);
    add(text.text(part), piece);
  }
}

MappedTextBuilder::Mark MappedTextBuilder::mark() const {
  return {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(pieces_.size())};
}

bool MappedTextBuilder::nothing_since(Mark mark) const {
  return text_.size() == mark.text && pieces_.size() == mark.pieces;
}

void MappedTextBuilder::cut(Mark mark) {
  text_.resize(mark.text);
  pieces_.resize(mark.pieces);
  if (pieces_.empty()) return;
  Piece& last = pieces_.back();  // may have grown since
  if (last.text.end <= mark.text) return;
  last.span.end -= last.text.end - mark.text;
  last.text.end = mark.text;
}

MappedText MappedTextBuilder::take(Mark mark, Arena& arena) {
  MappedTextBuilder tail;
  const TextRange range{mark.text, static_cast<std::uint32_t>(text_.size())};
  for (auto at = mark.pieces > 0 ? mark.pieces - 1 : 0; at < pieces_.size(); ++at) {
    if (at < mark.pieces && pieces_[at].text.end <= mark.text) continue;
    const MappedText one(text_, std::span<const Piece>(&pieces_[at], 1));
    tail.append(one, range);
  }
  cut(mark);
  return tail.finish(arena);
}

void MappedTextBuilder::add(std::string_view text, Piece piece) {
  const auto begin = static_cast<std::uint32_t>(text_.size());
  const auto end = static_cast<std::uint32_t>(begin + text.size());
  text_.append(text);
  if (!pieces_.empty() && !text.empty()) {
    Piece& last = pieces_.back();
    if (last.exact && piece.exact && last.source && last.source == piece.source && !last.text.empty() &&
        last.span.end == piece.span.begin && last.variable == piece.variable) {
      last.text.end = end;
      last.span.end = piece.span.end;
      return;
    }
  }
  piece.text = {begin, end};
  pieces_.push_back(piece);
}

MappedText MappedTextBuilder::finish(Arena& arena) {
  const MappedText result(arena.copy(text_), arena.copy(std::span<const Piece>(pieces_)));
  text_.clear();
  pieces_.clear();
  return result;
}

}  // namespace imglint
