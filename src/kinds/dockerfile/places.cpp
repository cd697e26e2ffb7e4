#include "kinds/dockerfile/places.hpp"

#include <algorithm>
#include <optional>

#include "kinds/dockerfile/text.hpp"
#include "kinds/use_span.hpp"

namespace imglint::dockerfile {
Places::Places(const MappedText& input, std::span<const Variable> variables, const Source& source,
               Arena& arena)
    : input_(input),
      variables_(variables),
      source_(source),
      arena_(arena),
      whole_(input.pieces().size() == 1 && input.pieces()[0].exact &&
             input.pieces()[0].variable == no_variable && input.pieces()[0].source == &source) {}

TextRange Places::input_range(const LogicalLine& line, TextRange range) {
  if (line.joins.empty()) return {line.place.begin + range.begin, line.place.begin + range.end};
  // The place of an empty range is right after the byte before it, on that byte's line.
  if (range.empty()) {
    const std::uint32_t at = range.begin > 0 ? line.input_offset(range.begin - 1) + 1 : line.input_offset(0);
    return {at, at};
  }
  return {line.input_offset(range.begin), line.input_offset(range.end - 1) + 1};
}

MappedText Places::empty_at(std::uint32_t input_offset) const {
  const auto place = input_.source_of({input_offset, input_offset});
  Piece piece{.exact = false};
  if (place) piece = {.source = place->source, .span = place->span};
  return {{}, arena_.copy(std::span<const Piece>(&piece, 1))};
}

MappedText Places::text(TextRange input_range) const {
  if (input_range.empty()) return empty_at(input_range.begin);
  if (!whole_) return input_.sub(input_range, arena_);
  const std::uint32_t shift = input_.pieces()[0].span.begin;
  const Piece piece{.text = {0, input_range.size()},
                    .source = &source_,
                    .span = {shift + input_range.begin, shift + input_range.end}};
  return {input_.text(input_range), arena_.copy(std::span<const Piece>(&piece, 1))};
}

MappedText Places::emptied(TextRange input_range) const {
  MappedTextBuilder builder;
  const auto pieces = input_.pieces();
  auto piece = std::partition_point(pieces.begin(), pieces.end(), [&](const Piece& candidate) {
    return candidate.text.end < input_range.begin;
  });
  std::optional<std::uint32_t> known;
  for (; piece != pieces.end() && piece->text.begin <= input_range.end; ++piece) {
    if (!piece->text.empty() || piece->variable == no_variable || known == piece->text.begin) continue;
    known = piece->text.begin;
    builder.append(input_, piece->text);
  }
  return builder.finish(arena_);
}

MappedText Places::text(const LogicalLine& line, TextRange range) const {
  const TextRange whole = input_range(line, range);
  if (whole.size() == range.size()) return text(whole);
  MappedTextBuilder builder;
  auto join = std::partition_point(line.joins.begin(), line.joins.end(),
                                   [&](Join j) { return j.text <= range.begin; });
  for (--join; join != line.joins.end() && join->text < range.end; ++join) {
    const auto next = std::next(join);
    const std::uint32_t begin = std::max(join->text, range.begin);
    const std::uint32_t end = next == line.joins.end() ? range.end : std::min(next->text, range.end);
    builder.append(input_, {join->input + (begin - join->text), join->input + (end - join->text)});
  }
  return builder.finish(arena_);
}

std::string_view Places::keep(const LogicalLine& line, TextRange range) const {
  return line.joins.empty() ? range.of(line.text) : arena_.copy(range.of(line.text));
}

Location Places::cover(TextRange input_range) const {
  if (input_range.empty()) return input_.source_of(input_range).value_or(Location{});
  const auto span = written_span(input_, input_range, variables_, source_);
  return span ? Location{&source_, *span} : Location{};
}

bool Places::has_span(TextRange input_range) const { return whole_ || cover(input_range).source == &source_; }

Span Places::span(TextRange input_range) const {
  if (whole_) {
    const std::uint32_t shift = input_.pieces()[0].span.begin;
    return {shift + input_range.begin, shift + input_range.end};
  }
  const Location place = cover(input_range);
  if (place.source == &source_) return place.span;
  const auto pieces = input_.pieces();
  auto piece = std::partition_point(pieces.begin(), pieces.end(), [&](const Piece& candidate) {
    return candidate.text.begin <= input_range.begin;
  });
  for (int steps = 0; piece != pieces.begin() && steps < 64; ++steps)  // a bound, so that time stays linear
    if ((--piece)->source == &source_) return piece->span;
  return {};
}

Span Places::span(const LogicalLine& line, TextRange range) const { return span(input_range(line, range)); }

}  // namespace imglint::dockerfile
