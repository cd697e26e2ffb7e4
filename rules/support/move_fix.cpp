#include "rules/support/move_fix.hpp"

#include <string>
#include <utility>

#include "base/quote.hpp"
#include "move/mapping.hpp"
#include "move/move.hpp"
#include "policy/registry_policy.hpp"
#include "reference/parse.hpp"

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

/// Why the policy would find what the subject becomes; empty if it would not, or if parts of it are open.
std::string refusal_of(const Subject& subject, const Move& move, const Policy& policy) {
  if (subject.repository == Knowledge::unknown || !move.pair.name_known) return {};
  const ReferenceParse parsed = parse_reference(move.pair.target);
  const Reference* target = std::get_if<Reference>(&parsed);
  if (target == nullptr) return {};
  ImageName after = image_name(canonical(*target, move.pair.target));
  after.tag = subject.name.tag;
  after.digest = subject.name.digest;
  const bool knows_suffix = subject.tag != Knowledge::unknown && subject.digest != Knowledge::unknown;
  return why_refused(policy, subject.name, after, knows_suffix);
}

std::string offer(Finding& finding, const Subject& subject, MappingOptions options, Safety safety,
                  const Policy& policy) {
  const auto mapping = Mapping::make(std::move(options));
  const Mapping* valid = std::get_if<Mapping>(&mapping);
  if (!valid || subject.document->blocks_edits()) return {};
  Move move = move_use(*subject.use, *subject.document, *valid, {});
  if (move.outcome != Move::Outcome::moved || move.edits.empty()) return {};
  for (const Edit& edit : move.edits)
    if (edit.source != subject.document->source) return {};
  if (std::string why = refusal_of(subject, move, policy); !why.empty()) return why;
  const std::string after = written_after(*subject.use, *subject.document->source, move);
  finding.fix = Fix{"write " + quoted(after), safety, std::move(move.edits)};
  return {};
}

}  // namespace

std::string offer_map(Finding& finding, const Subject& subject, const MirrorEntry& move, Safety safety,
                      const Policy& policy) {
  MappingOptions options;
  options.maps.push_back({.from = move.from, .to = move.to, .origin = "--map"});
  return offer(finding, subject, std::move(options), safety, policy);
}

std::string offer_target(Finding& finding, const Subject& subject, std::string_view target, Safety safety,
                         const Policy& policy) {
  MappingOptions options;
  options.to = std::string(target);
  return offer(finding, subject, std::move(options), safety, policy);
}

void tell_refusal(Finding& finding, std::string_view why) {
  if (!finding.fix && !why.empty()) finding.message.append("; no fix, for ").append(why);
}

}  // namespace imglint
