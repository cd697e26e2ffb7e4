#include "pin/pin.hpp"

#include <algorithm>
#include <set>

#include "pin/place.hpp"
#include "policy/pattern.hpp"
#include "reference/name_pattern.hpp"
#include "retarget/proposal.hpp"

namespace imglint {
namespace {

RetargetOptions selection_options(const PinOptions& options) {
  return {.include_syntax = options.include_syntax, .include_cache = options.include_cache};
}

bool is_left_out(const CanonicalReference& meaning, const PinOptions& options) {
  const ImageName name = image_name(meaning);
  return (!options.only.empty() && !matches_any(options.only, name)) || matches_any(options.except, name);
}

PinUse read_use(const Document& document, const ImageUse& use, std::variant<UseName, Refusal> read) {
  PinUse pin{.document = &document, .use = &use};
  if (auto* no = std::get_if<Refusal>(&read)) {
    pin.refusal = std::move(*no);
    return pin;
  }
  UseName& name = std::get<UseName>(read);
  if (!name.suffix_known || UseName::has_unknown(name.text)) {
    pin.refusal = {RefusalKind::unknown_variable,
                   "'" + name.unknown.front() + "' has no value that a file says; give it a default"};
    return pin;
  }
  if (name.meaning.registry.empty()) {
    pin.refusal = {RefusalKind::invalid_reference,
                   "its host has an underscore, so that it is not known what it is"};
    return pin;
  }
  pin.digest = name.meaning.digest.value_or("");
  const bool alone = !pin.digest.empty() && !name.meaning.tag;
  if (!alone) pin.image = name.meaning.without_suffix() + ":" + name.meaning.tag.value_or("latest");
  pin.name = std::move(name);
  return pin;
}

ImagePair pair_of(const PinUse& pin, std::string suffix) {
  ImagePair pair{.source = full_name(pin.name->meaning)};
  pair.target = pair.source;
  pair.tag = pin.name->meaning.tag.value_or("");
  pair.digest = pin.digest;
  pair.target_suffix = std::move(suffix);
  return pair;
}

/// The proposals of a run: one for each use of its documents, those that are not asked about with nothing in
/// them.
std::vector<Proposal> all_proposals(std::span<const Document* const> documents) {
  std::vector<Proposal> proposals;
  for (const Document* document : documents)
    for (const ImageUse& use : document->uses)
      proposals.push_back({.document = document, .use = &use, .move = {}});
  return proposals;
}

/// By use, for those that are asked about.
std::map<const ImageUse*, Proposal*> by_use(std::vector<Proposal>& proposals) {
  std::map<const ImageUse*, Proposal*> result;
  for (Proposal& proposal : proposals) result.emplace(proposal.use, &proposal);
  return result;
}

void take(Proposal& proposal, PlacedOrRefusal placed) {
  if (auto* no = std::get_if<Refusal>(&placed)) return proposal.refuse(no->kind, std::move(no->message));
  PlacedEdits& one = std::get<PlacedEdits>(placed);
  proposal.move.outcome = Move::Outcome::moved;
  proposal.move.via = one.via;
  proposal.move.edits = std::move(one.edits);
}

void propose_digest(Proposal& proposal, const PinUse& pin, const PinDigests& digests,
                    const PinOptions& options) {
  const auto own = digests.find(pinned_name(pin.image, pin.digest));
  const auto known = own == digests.end() ? digests.find(pin.image) : own;
  if (known == digests.end())
    return proposal.refuse(RefusalKind::not_locked, "nobody has said what its digest is");
  const auto* no = std::get_if<Refusal>(&known->second);
  if (no && no->kind == RefusalKind::too_young && !pin.digest.empty()) {
    proposal.move.outcome = Move::Outcome::unchanged;  // the old digest stays for as long
    return;
  }
  if (no) return proposal.refuse(no->kind, no->message);
  const std::string& digest = std::get<std::string>(known->second);
  const std::string suffix = pinned_suffix(*pin.name, digest, options);
  proposal.move.pair = pair_of(pin, suffix);
  if (suffix == pin.name->suffix) {
    proposal.move.outcome = Move::Outcome::unchanged;
    return;
  }
  if (options.edit_nothing) {
    proposal.move.outcome = Move::Outcome::moved;
    return;
  }
  take(proposal, place_digest(pin, digest, options));
}

void propose(Proposal& proposal, const PinUse& pin, const PinDigests& digests, const PinOptions& options) {
  if (pin.refusal) return proposal.refuse(pin.refusal->kind, pin.refusal->message);
  if (pin.image.empty()) {
    if (options.update)
      proposal.refuse(RefusalKind::no_tag,
                      "a digest alone does not say which tag to follow; write the tag beside it");
    else
      proposal.move.outcome = Move::Outcome::unchanged;
    return;
  }
  if (!wants_digest(pin, options) && !(options.drop_tag && pin.name->meaning.tag)) {
    proposal.move.outcome = Move::Outcome::unchanged;
    return;
  }
  if (!wants_digest(pin, options)) {  // only the tag goes
    PinDigests own;
    own.emplace(pin.image, pin.digest);
    return propose_digest(proposal, pin, own, options);
  }
  propose_digest(proposal, pin, digests, options);
}

/// The plan of proposals, with what holds for every one of them.
RetargetPlan finish(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
                    std::string_view rule, const PinOptions& options) {
  drop_given_elsewhere(proposals, documents);
  if (!options.edit_nothing) {
    const RetargetOptions every{.left_out = options.left_out};
    refuse_blocked_files(proposals, documents, every);
    Selection(documents, every).refuse_shared_anchors(proposals);
    refuse_unshared_edits(proposals);
  }
  return collect_plan(proposals, documents, [&](const Move&) { return std::string(rule); });
}

}  // namespace

std::vector<PinUse> pin_uses(std::span<const Document* const> documents, const PinOptions& options,
                             const IsExcused& is_excused) {
  const RetargetOptions selected = selection_options(options);
  const Selection selection(documents, selected);
  std::vector<PinUse> uses;
  for (const Document* document : documents)
    for (const ImageUse& use : document->uses) {
      if (!selection.selects(use) || use.kind == Kind::built) continue;
      auto read = read_use_name(use);
      if (!read) continue;
      PinUse pin = read_use(*document, use, *std::move(read));
      if (pin.name && is_left_out(pin.name->meaning, options)) continue;
      // Without its tag nobody can ask for it: a chart says it, or what an overlay selects.
      const bool has_tag = pin.name && pin.name->meaning.tag;
      if (use.tag_is_elsewhere && !has_tag && pin.digest.empty()) continue;
      if (is_excused && is_excused(*document, use)) continue;
      uses.push_back(std::move(pin));
    }
  return uses;
}

bool wants_digest(const PinUse& use, const PinOptions& options) {
  return !use.image.empty() && (use.digest.empty() || options.update);
}

RetargetPlan plan_pins(std::span<const Document* const> documents, const std::vector<PinUse>& uses,
                       const PinDigests& digests, const PinOptions& options) {
  std::vector<Proposal> proposals = all_proposals(documents);
  const auto places = by_use(proposals);
  std::map<const ImageUse*, const PinUse*> pins;
  for (const PinUse& pin : uses) {
    pins.emplace(pin.use, &pin);
    propose(*places.at(pin.use), pin, digests, options);
  }
  RetargetPlan plan = finish(proposals, documents, "pin", options);
  std::set<std::pair<const Source*, std::uint32_t>> known;
  for (const PlannedMove& one : plan.moves) {
    const PinUse& pin = *pins.at(one.use);
    if (options.edit_nothing || !outlives_variable(pin) ||
        !known.emplace(pin.document->source, pin.use->span.begin).second)
      continue;
    plan.notes.push_back(
        {{pin.document->source, pin.use->span},
         "the digest is that of " + pin.image +
             ", and stays when a variable gives the name another value [digest-depends-on-variable]",
         true});
  }
  return plan;
}

RetargetPlan plan_unpins(std::span<const Document* const> documents, const std::vector<PinUse>& uses,
                         const TagOf& tag_of) {
  std::vector<Proposal> proposals = all_proposals(documents);
  const auto places = by_use(proposals);
  for (const PinUse& pin : uses) {
    Proposal& proposal = *places.at(pin.use);
    if (pin.digest.empty()) continue;  // whatever it names, there is nothing to take away
    std::string tag;
    if (!pin.name->meaning.tag) {
      const auto image = tag_of(pin.name->meaning.without_suffix(), pin.digest);
      if (!image) {
        proposal.refuse(RefusalKind::no_tag, "without its digest nothing would say which image it is");
        continue;
      }
      tag = image->substr(pin.name->meaning.without_suffix().size());
    }
    const WrittenSuffix old = written_suffix(*pin.name);
    proposal.move.pair = pair_of(pin, old.tag.empty() ? tag : ":" + old.tag);
    take(proposal, remove_digest(pin, tag));
  }
  return finish(proposals, documents, "unpin", {});
}

}  // namespace imglint
