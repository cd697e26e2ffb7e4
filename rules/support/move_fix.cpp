#include "rules/support/move_fix.hpp"

#include <string>
#include <utility>

#include "base/quote.hpp"
#include "move/mapping.hpp"
#include "move/move.hpp"

namespace imglint {
namespace {

/// What will stand in the place of the reference: as the edit writes it, where that is the whole; else its
/// meaning.
std::string written_after(const ImageUse& use, const Source& source, const Move& move) {
  const Edit& edit = move.edits.front();
  if (move.edits.size() > 1 || edit.span.begin < use.span.begin || edit.span.end > use.span.end)
    return move.pair.target;
  return std::string(source.text({use.span.begin, edit.span.begin}))
      .append(edit.text)
      .append(source.text({edit.span.end, use.span.end}));
}

void offer(Finding& finding, const Subject& subject, MappingOptions options, Safety safety) {
  const auto mapping = Mapping::make(std::move(options));
  const Mapping* valid = std::get_if<Mapping>(&mapping);
  if (!valid || subject.document->blocks_edits()) return;
  Move move = move_use(*subject.use, *subject.document, *valid, {});
  if (move.outcome != Move::Outcome::moved || move.edits.empty()) return;
  for (const Edit& edit : move.edits)
    if (edit.source != subject.document->source) return;
  const std::string after = written_after(*subject.use, *subject.document->source, move);
  finding.fix = Fix{"write " + quoted(after), safety, std::move(move.edits)};
}

}  // namespace

void offer_map(Finding& finding, const Subject& subject, std::string_view from, std::string_view to,
               Safety safety) {
  MappingOptions options;
  options.maps.push_back({.from = std::string(from), .to = std::string(to), .origin = "--map"});
  offer(finding, subject, std::move(options), safety);
}

void offer_target(Finding& finding, const Subject& subject, std::string_view target, Safety safety) {
  MappingOptions options;
  options.to = std::string(target);
  offer(finding, subject, std::move(options), safety);
}

}  // namespace imglint
