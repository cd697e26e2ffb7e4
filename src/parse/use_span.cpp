#include "parse/use_span.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace imglint {
namespace {

/// One end of a span, told from the other by a pointer to member.
using End = std::uint32_t Span::*;

/// The end of a variable as written, or of the ones around it as long as it stands at the end of their word.
std::uint32_t variable_end(std::span<const Variable> variables, VariableIndex index, End end) {
  while (true) {
    const Variable& variable = variables[index];
    if (variable.within == no_variable) return variable.written.span.*end;
    const Variable& outer = variables[variable.within];
    if (outer.place.source == nullptr || outer.place.span.*end != variable.written.span.*end)
      return variable.written.span.*end;
    index = variable.within;
  }
}

/// The byte at which a piece begins or ends as written; `cut` bytes of its text on that side are left out.
std::uint32_t piece_end(const Piece& piece, std::uint32_t cut, End end, std::span<const Variable> variables,
                        const Source& source) {
  const bool is_begin = end == &Span::begin;
  const bool here = piece.source == &source;
  if (here && piece.exact && cut > 0) return is_begin ? piece.span.begin + cut : piece.span.end - cut;
  if (piece.variable == no_variable) return piece.span.*end;
  const Variable& variable = variables[piece.variable];
  const bool of_word = here && variable.source == VariableSource::default_word;
  if (of_word && (variable.place.source != &source || variable.place.span.*end != piece.span.*end))
    return piece.span.*end;
  return variable_end(variables, piece.variable, end);
}

}  // namespace

std::optional<Span> written_span(const MappedText& value, TextRange range,
                                 std::span<const Variable> variables, const Source& source) {
  const auto pieces = value.pieces();
  const auto touches = [&](const Piece& piece) {
    return piece.text.empty() ? range.begin <= piece.text.begin && piece.text.end <= range.end
                              : piece.text.begin < range.end && range.begin < piece.text.end;
  };
  auto first = std::partition_point(pieces.begin(), pieces.end(),
                                    [&](const Piece& piece) { return piece.text.end < range.begin; });
  while (first != pieces.end() && first->text.begin <= range.end && !touches(*first)) ++first;
  if (first == pieces.end() || !touches(*first)) return std::nullopt;
  auto last = std::partition_point(first, pieces.end(),
                                   [&](const Piece& piece) { return piece.text.begin <= range.end; });
  do --last;
  while (!touches(*last));
  const std::uint32_t cut_begin = std::max(range.begin, first->text.begin) - first->text.begin;
  const std::uint32_t cut_end = last->text.end - std::min(range.end, last->text.end);
  const Span span{piece_end(*first, cut_begin, &Span::begin, variables, source),
                  piece_end(*last, cut_end, &Span::end, variables, source)};
  if (span.end < span.begin) return std::nullopt;
  return span;
}

TextRange decoded_range(const MappedText& text, Span span) {
  const auto size = static_cast<std::uint32_t>(text.text().size());
  const auto pieces = text.pieces();
  TextRange range{size, size};
  const auto first = std::partition_point(pieces.begin(), pieces.end(),
                                          [&](const Piece& piece) { return piece.span.end <= span.begin; });
  if (first != pieces.end()) {
    range.begin = first->text.begin;
    if (first->exact && span.begin > first->span.begin) range.begin += span.begin - first->span.begin;
  }
  const auto behind = std::partition_point(pieces.begin(), pieces.end(),
                                           [&](const Piece& piece) { return piece.span.begin < span.end; });
  if (behind != pieces.end()) range.end = behind->text.begin;
  if (behind != pieces.begin()) {
    const Piece& last = *std::prev(behind);
    if (last.exact && span.end < last.span.end) range.end = last.text.begin + (span.end - last.span.begin);
  }
  range.begin = std::min(range.begin, range.end);
  return range;
}

ValuePart part_of(const MappedText& value, TextRange range, Span written, std::span<const Variable> variables,
                  Arena& arena) {
  const bool whole = range.begin == 0 && range.end == value.text().size();
  ValuePart result{.value = whole ? value : value.sub(range, arena), .variables = {}};
  // Variables stand in the order in which they are written; those around the part come before those in it.
  const auto first = std::partition_point(variables.begin(), variables.end(), [&](const Variable& variable) {
    return variable.written.span.begin < written.begin;
  });
  const auto behind = std::partition_point(first, variables.end(), [&](const Variable& variable) {
    return variable.written.span.begin < written.end;
  });
  const auto begin = static_cast<VariableIndex>(first - variables.begin());
  std::set<VariableIndex> around;
  std::vector<bool> seen(begin > 0 ? variables.size() : 0);
  if (begin > 0)
    for (const Piece& piece : result.value.pieces())
      for (VariableIndex at = piece.variable; at != no_variable && !seen[at]; at = variables[at].within) {
        seen[at] = true;
        if (at < begin) around.insert(at);
      }

  const auto new_number = [&](VariableIndex index) {
    if (index == no_variable) return no_variable;
    const auto number = index < begin ? std::distance(around.begin(), around.find(index))
                                      : static_cast<std::ptrdiff_t>(around.size()) + index - begin;
    return static_cast<VariableIndex>(number);
  };
  for (const VariableIndex index : around) result.variables.push_back(variables[index]);
  result.variables.insert(result.variables.end(), first, behind);
  if (result.variables.size() == variables.size()) return result;
  for (Variable& variable : result.variables) variable.within = new_number(variable.within);
  std::vector<Piece> pieces(result.value.pieces().begin(), result.value.pieces().end());
  for (Piece& piece : pieces) piece.variable = new_number(piece.variable);
  result.value = {result.value.text(), arena.copy(std::span<const Piece>(pieces))};
  return result;
}

}  // namespace imglint
