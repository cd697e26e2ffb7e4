// Taking edits of a plan back, with all that rests on them.
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "retarget/proposal.hpp"
#include "retarget/retarget.hpp"

namespace imglint {
namespace {

void forget_edits(RetargetPlan& plan) {
  plan.moves.clear();
  plan.edits.clear();
  plan.pairs.clear();
}

/// Why a move is taken back, or nothing.
using Reason = std::function<const std::string*(const PlannedMove&)>;

/// A move goes whole: with it go those of its group, and those that share an edit with it.
class Withdrawal {
 public:
  explicit Withdrawal(const RetargetPlan& plan) : reasons_(plan.moves.size()) {}

  /// Whether another move was found that goes.
  bool spread(const RetargetPlan& plan, const Reason& reason_of) {
    bool found = false;
    for (std::size_t i = 0; i < plan.moves.size(); ++i) {
      const PlannedMove& one = plan.moves[i];
      if (reasons_[i]) continue;
      const std::string* reason = reason_of(one);
      if (!reason) reason = inherited(one);
      if (!reason) continue;
      found = true;
      reasons_[i] = *reason;
      if (one.group >= 0) groups_.try_emplace(one.group, *reason);
      for (const Edit& edit : one.move.edits) edits_.try_emplace(key(edit), *reason);
    }
    return found;
  }

  [[nodiscard]] const std::optional<std::string>& reason(std::size_t move) const { return reasons_[move]; }

 private:
  using EditKey = std::tuple<const Source*, Span, std::string>;

  static EditKey key(const Edit& edit) { return {edit.source, edit.span, edit.text}; }

  [[nodiscard]] const std::string* inherited(const PlannedMove& one) const {
    for (const Edit& edit : one.move.edits)
      if (const auto found = edits_.find(key(edit)); found != edits_.end()) return &found->second;
    const auto group = groups_.find(one.group);
    return one.group < 0 || group == groups_.end() ? nullptr : &group->second;
  }

  std::vector<std::optional<std::string>> reasons_;
  std::map<std::int32_t, std::string> groups_;
  std::map<EditKey, std::string> edits_;
};

void withdraw(RetargetPlan& plan, const Reason& reason_of) {
  Withdrawal withdrawal(plan);
  while (withdrawal.spread(plan, reason_of)) {
  }
  std::vector<PlannedMove> kept;
  std::set<std::tuple<const Source*, std::uint32_t, std::string>> told;  // readings of one file say it once
  for (std::size_t i = 0; i < plan.moves.size(); ++i) {
    PlannedMove& one = plan.moves[i];
    const auto& reason = withdrawal.reason(i);
    if (!reason) {
      kept.push_back(std::move(one));
      continue;
    }
    const Location place{one.document->source, one.use->span};
    if (told.emplace(place.source, place.span.begin, *reason).second)
      plan.unresolved.push_back({place, {RefusalKind::not_editable, *reason}});
  }
  plan.moves = std::move(kept);
  std::vector<EditSet> edits;
  for (const EditSet& old : plan.edits) {
    EditSet fresh(old.source());
    for (const PlannedMove& one : plan.moves)
      for (const Edit& edit : one.move.edits)
        if (edit.source == &old.source()) (void)fresh.add({edit});
    if (!fresh.empty()) edits.push_back(std::move(fresh));
  }
  plan.edits = std::move(edits);
  plan.pairs = distinct_pairs(plan.moves);
}

}  // namespace

std::vector<ImagePair> distinct_pairs(const std::vector<PlannedMove>& moves) {
  const auto place = [](const PlannedMove& one) {
    return std::pair(one.document->source, one.use->span.begin);
  };
  std::set<std::pair<const Source*, std::uint32_t>> built;
  for (const PlannedMove& one : moves)
    if (!one.document->is_never_built) built.insert(place(one));
  std::vector<ImagePair> pairs;
  for (const PlannedMove& one : moves) {
    if (one.move.mapped.outcome != MappedName::Outcome::moved ||
        one.use->role->function == Function::selector)
      continue;
    // What the Dockerfile leaves open its builds give.
    const bool is_known = one.move.pair.name_known && one.move.pair.suffix_known;
    if (is_known || !one.document->is_never_built || !built.contains(place(one)))
      pairs.push_back(one.move.pair);
  }
  const auto key = [](const ImagePair& pair) {
    return std::tie(pair.source, pair.tag, pair.digest, pair.target, pair.target_suffix);
  };
  std::sort(pairs.begin(), pairs.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  pairs.erase(
      std::unique(pairs.begin(), pairs.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
      pairs.end());
  return pairs;
}

std::string text_after(const RetargetPlan& plan, const Source& source) {
  for (const EditSet& set : plan.edits)
    if (&set.source() == &source) return set.apply();
  return std::string(source.bytes());
}

void hold_to_all(RetargetPlan& plan) {
  if (!plan.unresolved.empty()) forget_edits(plan);
}

void withdraw_edits(RetargetPlan& plan, std::span<const std::pair<const Source*, std::string>> files) {
  const std::map<const Source*, std::string> reasons(files.begin(), files.end());
  withdraw(plan, [&](const PlannedMove& one) -> const std::string* {
    for (const Edit& edit : one.move.edits)
      if (const auto bad = reasons.find(edit.source); bad != reasons.end()) return &bad->second;
    return nullptr;
  });
}

void withdraw_moves(RetargetPlan& plan, const std::map<const ImageUse*, std::string>& uses) {
  withdraw(plan, [&](const PlannedMove& one) -> const std::string* {
    const auto bad = uses.find(one.use);
    return bad == uses.end() ? nullptr : &bad->second;
  });
}

}  // namespace imglint
