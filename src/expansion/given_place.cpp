#include "expansion/given_place.hpp"

#include <algorithm>

#include "source/source.hpp"

namespace imglint {
namespace {

/// Whether two pieces stand one behind the other in one assignment: no line ends between them that is not a
/// part of the value.
bool are_together(const Piece& a, const Piece& b) {
  if (a.source != b.source || b.span.begin < a.span.end) return false;
  return a.source->text({a.span.end, b.span.begin}).find('\n') == std::string_view::npos;
}

}  // namespace

Location place_of_given(const MappedText& text) {
  const auto pieces = text.pieces();
  const bool is_in_file =
      !pieces.empty() && std::ranges::all_of(pieces, [](const Piece& piece) { return piece.source; });
  const auto apart = [](const Piece& a, const Piece& b) { return !are_together(a, b); };
  if (!is_in_file || std::ranges::adjacent_find(pieces, apart) == pieces.end())
    return text.place().value_or(Location{});
  // What an assignment names stands before it, so the last bytes are its own; nothing else is in its line.
  const Piece& last =
      *std::ranges::max_element(pieces, {}, [](const Piece& piece) { return piece.span.begin; });
  const std::string_view bytes = last.source->bytes();
  const auto before = last.span.begin == 0 ? std::string_view::npos : bytes.rfind('\n', last.span.begin - 1);
  const auto end = std::min(bytes.find('\n', last.span.end), bytes.size());
  const auto begin = before == std::string_view::npos ? std::size_t{0} : before + 1;
  return {last.source, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

}  // namespace imglint
