#include "cli/registries/pin_output.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "edit/unified_diff.hpp"
#include "output/retarget_output.hpp"

namespace imglint {
namespace {

std::string image_of(const PlannedMove& move) {
  const ImagePair& pair = move.move.pair;
  std::string image = pair.source;
  if (!pair.tag.empty()) image += ":" + pair.tag;
  if (!pair.digest.empty()) image += "@" + pair.digest;
  return image;
}

std::string_view digest_in(std::string_view suffix) {
  const std::size_t at = suffix.find('@');
  return at == std::string_view::npos ? std::string_view() : suffix.substr(at + 1);
}

/// One state for each place, those that stay out of reach among them.
std::vector<ReferenceState> states_of(const RetargetPlan& plan, const PinPrint& how) {
  std::vector<ReferenceState> states;
  std::set<std::pair<const Source*, std::uint32_t>> known;
  const bool finds = how.mode == PinMode::check;
  for (const PlannedMove& move : plan.moves) {
    const Location place{move.document->source, move.use->span};
    if (!known.emplace(place.source, place.span.begin).second) continue;
    const std::string digest(digest_in(move.move.pair.target_suffix));
    ReferenceState state{.place = place, .image = image_of(move), .state = "pinned", .digest = digest};
    if (!move.move.pair.digest.empty()) state.state = "moved";
    if (how.unpins || (finds && move.move.pair.digest.empty())) state.state = "unpinned";
    if (digest == how.hides_digest) state.digest.clear();
    if (finds) state.severity = Severity::error;
    if (finds && !how.unpins)
      state.message =
          state.state == "moved" ? "the tag has the digest " + digest + " now" : "it has no digest";
    states.push_back(std::move(state));
  }
  for (const Unresolved& one : plan.unresolved)
    states.push_back({.place = one.place,
                      .image = std::string(one.place.source->text(one.place.span)),
                      .state = to_string(one.refusal.kind),
                      .severity = Severity::error,
                      .message = one.refusal.message});
  std::stable_sort(states.begin(), states.end(), [](const ReferenceState& a, const ReferenceState& b) {
    return a.place.source == b.place.source && a.place.span < b.place.span;
  });
  return states;
}

bool is_silence(RefusalKind kind) {
  return kind == RefusalKind::no_answer || kind == RefusalKind::rate_limited ||
         kind == RefusalKind::host_unreachable;
}

/// The messages of a plan; that a registry was given up is said once, not for each of its references.
std::string messages_of(const RetargetPlan& plan, bool with_notes) {
  const auto is_shared = [](const Unresolved& one) {
    return one.refusal.kind == RefusalKind::host_unreachable || one.refusal.kind == RefusalKind::rate_limited;
  };
  std::map<std::string, std::size_t> counts;
  for (const Unresolved& one : plan.unresolved)
    if (is_shared(one)) ++counts[one.refusal.message];
  RetargetPlan shown;
  shown.notes = plan.notes;
  for (Unresolved one : plan.unresolved) {
    if (is_shared(one)) {
      std::size_t& count = counts[one.refusal.message];
      if (count == 0) continue;
      if (count > 1) one.refusal.message += "; so it is for " + std::to_string(count) + " references";
      count = 0;
    }
    shown.unresolved.push_back(std::move(one));
  }
  return retarget_messages(shown, with_notes);
}

void print_text(const RetargetPlan& plan, const PinPrint& how, const Session& session) {
  session.err(messages_of(plan, !session.quiet));
  switch (how.mode) {
    case PinMode::diff:
      for (const EditSet& set : plan.edits) print_diff(unified_diff(set), session);
      return;
    case PinMode::check: {
      RetargetPlan moves_only;
      moves_only.moves = plan.moves;
      return session.out(states_text(states_of(moves_only, how), StateFormat::text, false));
    }
    case PinMode::dry_run:
      return session.out(retarget_table(plan, 0));
    case PinMode::write:
      if (how.project) return session.out(text_after(plan, *how.project->files.front().source));
      if (how.lists_all) {
        RetargetPlan moves_only;
        moves_only.moves = plan.moves;
        return session.out(states_text(states_of(moves_only, how), StateFormat::text, true));
      }
      return session.out(retarget_summary(plan));
  }
}

}  // namespace

IsExcused pin_excuses(PolicyCache& policies, PinExcuses& excuses) {
  return [&policies, &excuses](const Document& document, const ImageUse& use) {
    if (document.comments.empty()) return false;
    auto& index = excuses[&document];
    if (!index)
      index =
          std::make_unique<SuppressionIndex>(document, *policies.policy_for(document.source->path()).policy);
    return index->silences("require-digest", use.span);
  };
}

void print_pins(const RetargetPlan& plan, const PinPrint& how, const Session& session) {
  if (how.format == StateFormat::text) return print_text(plan, how, session);
  session.out(states_text(states_of(plan, how), how.format, true));
}

ExitCode pin_exit_code(const RetargetPlan& plan, PinMode mode) {
  const bool silent = std::any_of(plan.unresolved.begin(), plan.unresolved.end(),
                                  [](const Unresolved& one) { return is_silence(one.refusal.kind); });
  if (silent) return ExitCode::failed;
  const bool hit = mode == PinMode::check && !plan.edits.empty();
  return plan.unresolved.empty() && !hit ? ExitCode::clean : ExitCode::findings;
}

}  // namespace imglint
