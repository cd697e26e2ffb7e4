#include "check/suppression_removal.hpp"

#include <algorithm>

#include "kinds/kind.hpp"

namespace imglint {
namespace {

/// A directive of the builder that would come to life if the comment above it went.
bool would_wake_directive(const Document& document, Span removed) {
  if (!document.file_part().has_stages) return false;
  for (const Stage& stage : document.stages)
    if (stage.instruction.begin < removed.begin) return false;
  std::string_view rest = document.source->bytes().substr(removed.end);
  rest = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  return rest.starts_with('#') && rest.find('=') != rest.npos;
}

/// Whether a comment may be text of a script that a block scalar holds: a line above, indented less, ends
/// with what opens one.
bool may_be_in_block(const Document& document, std::uint32_t comment) {
  if (!document.kind->is_yaml) return false;
  const Source& source = *document.source;
  const Position place = source.position(comment);
  std::uint32_t indent = place.column - 1;
  for (std::uint32_t number = place.line - 1; number > 0 && indent > 0; --number) {
    const std::string_view line = source.text(source.line(number));
    const auto own = line.find_first_not_of(" \t\r");
    if (own == line.npos || own >= indent) continue;
    indent = static_cast<std::uint32_t>(own);
    const auto last = line.find_last_of("|>");
    if (last != line.npos && line.find_first_not_of("+-0123456789 \t\r", last + 1) == line.npos) return true;
  }
  return false;
}

/// The same change of bytes for a whole line, but from the comment to below it on the next line, so that
/// only text of the YAML value goes and no indentation.
Span inside_of_block(std::string_view bytes, Span line, std::uint32_t comment) {
  Span span{comment, line.end};
  for (std::uint32_t column = line.begin; column < comment && span.end < bytes.size(); ++column, ++span.end)
    if (bytes[span.end] != ' ' && bytes[span.end] != '\t') break;
  return span;
}

}  // namespace

std::optional<Fix> removal_of(const Suppression& suppression, const Document& document) {
  if (document.blocks_edits() || suppression.span != suppression.comment->span) return std::nullopt;
  const std::string_view bytes = document.source->bytes();
  Span span = suppression.span;
  const std::uint32_t first = document.source->text_begin();
  while (span.begin > first && (bytes[span.begin - 1] == ' ' || bytes[span.begin - 1] == '\t')) --span.begin;
  if (suppression.comment->own_line) {
    // Inside of a quoted dockerfile_inline the line holds more than the comment.
    if (span.begin > first && bytes[span.begin - 1] != '\n') return std::nullopt;
    span.end = static_cast<std::uint32_t>(std::min(bytes.find_first_not_of(" \t\r", span.end), bytes.size()));
    if (span.end < bytes.size() && bytes[span.end++] != '\n') return std::nullopt;
    if (would_wake_directive(document, span)) return std::nullopt;
  }
  const bool nested = document.part_of(*suppression.comment).nested;
  if (nested || may_be_in_block(document, suppression.span.begin)) {
    const Span inside = inside_of_block(bytes, span, suppression.span.begin);
    // The last line of a script: what is below it is none of its text.
    if (!nested && inside.size() != span.size()) return std::nullopt;
    span = inside;
  }
  return Fix{"delete the comment", Safety::safe, {{document.source, span, {}}}};
}

}  // namespace imglint
