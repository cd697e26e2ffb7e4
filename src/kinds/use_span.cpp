#include "kinds/use_span.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

namespace imglint {
namespace {

/// One end of a span, told from the other by a pointer to member.
using End = std::uint32_t Span::*;

/// A byte, and the variable in whose word it stands.
struct Place {
  std::uint32_t offset = 0;
  VariableIndex within = no_variable;
};

/// Finds where text is written. Where text reaches the end of a variable's word it is written with the whole
/// variable, unless the other end stands inside of that word.
class Finder {
 public:
  Finder(std::span<const Variable> variables, const Source& source)
      : variables_(variables), source_(source) {}

  /// One end of a piece, of which `cut` bytes on that side are left out. Not outside of the word of `limit`.
  [[nodiscard]] Place find(const Piece& piece, std::uint32_t cut, End end, VariableIndex limit) const {
    const bool here = piece.source == &source_;
    if (here && piece.exact && cut > 0)
      return {end == &Span::begin ? piece.span.begin + cut : piece.span.end - cut, piece.variable};
    if (piece.variable == no_variable) return {piece.span.*end, no_variable};
    const Variable& variable = variables_[piece.variable];
    const bool of_word =
        here && variable.source == VariableSource::default_word && variable.place.source == &source_;
    if (of_word && (variable.place.span.*end != piece.span.*end || piece.variable == limit))
      return {piece.span.*end, piece.variable};
    return leave(piece.variable, end, limit);
  }

 private:
  /// The end of a variable, or of those around it as long as it stands at the end of their word.
  [[nodiscard]] Place leave(VariableIndex index, End end, VariableIndex limit) const {
    while (true) {
      const Variable& variable = variables_[index];
      const Place place{variable.written.span.*end, variable.within};
      if (variable.within == no_variable || variable.within == limit) return place;
      const Variable& outer = variables_[variable.within];
      if (outer.place.source == nullptr || outer.place.span.*end != place.offset) return place;
      index = variable.within;
    }
  }

  std::span<const Variable> variables_;
  const Source& source_;
};

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
  const Finder finder(variables, source);
  Place begin = finder.find(*first, cut_begin, &Span::begin, no_variable);
  const Place end = finder.find(*last, cut_end, &Span::end, begin.within);
  if (begin.within != end.within) begin = finder.find(*first, cut_begin, &Span::begin, end.within);
  if (end.offset < begin.offset) return std::nullopt;
  return Span{begin.offset, end.offset};
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

Value part_of(const MappedText& value, TextRange range, Span written, std::span<const Variable> variables,
              Arena& arena) {
  const bool whole = range.begin == 0 && range.end == value.text().size();
  Value result;
  result.set(whole ? value : value.sub(range, arena));
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
    for (const Piece& piece : result.pieces())
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
  std::vector<Piece> pieces(result.pieces().begin(), result.pieces().end());
  for (Piece& piece : pieces) piece.variable = new_number(piece.variable);
  result.set({result.text(), arena.copy(std::span<const Piece>(pieces))});
  return result;
}

}  // namespace imglint
