#include "retarget/verify.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "kinds/kind.hpp"
#include "move/use_name.hpp"
#include "project/parallel.hpp"

namespace imglint {
namespace {

using MovesByUse = std::map<const ImageUse*, const PlannedMove*>;

std::string line_of(const Document& document, const ImageUse& use) {
  return "line " + std::to_string(document.source->position(use.span.begin).line);
}

/// The path without the key that is the reference itself, as names of features are; else all of it.
std::string_view without_own_key(const ImageUse& use) {
  const std::string own = "[\"" + std::string(use.written.text()) + "\"]";
  std::string_view path = use.path;
  if (path.ends_with(own)) path.remove_suffix(own.size());
  return path;
}

/// Whether a use that moved has become what was meant.
bool is_intended(const ImageUse& after, const Move& move) {
  const auto read = read_use_name(after);
  const auto* name = read ? std::get_if<UseName>(&*read) : nullptr;
  if (!name) return false;
  if (name->shown(full_name(name->meaning)) != move.pair.target) return false;
  // The tag of another place is told beside a name that has none.
  const bool has_none = after.tag_is_elsewhere && name->suffix.empty();
  return has_none || name->shown(name->suffix) == move.pair.target_suffix;
}

/// Whether a use that did not move is as it was. Where it stands in the file may differ. A part of others
/// changes with these.
bool is_same(const ImageUse& before, const ImageUse& after) {
  if (before.role->function == Function::fragment) return before.kind == after.kind;
  return before.value.is_known() == after.value.is_known() && before.value.text() == after.value.text() &&
         before.kind == after.kind && before.stage == after.stage && before.error() == after.error();
}

/// What a use would read instead of what is meant.
std::string reading(const Document& before, const ImageUse& old, const ImageUse& fresh) {
  std::string text = line_of(before, old) + " would read '" + std::string(fresh.value.text()) + "'";
  if (fresh.kind == Kind::stage || fresh.kind == Kind::stage_index) text += ", which is a stage";
  if (fresh.kind == Kind::scratch) text += ", which is no image";
  return text;
}

/// The moves that do not come to what is meant.
std::map<const ImageUse*, std::string> failed_moves(const Document& before, const Document& after,
                                                    const MovesByUse& moves) {
  std::map<const ImageUse*, std::string> failed;
  if (before.uses.size() != after.uses.size()) return failed;
  for (std::size_t i = 0; i < before.uses.size(); ++i) {
    const auto move = moves.find(&before.uses[i]);
    if (move != moves.end() && !is_intended(after.uses[i], move->second->move))
      failed.emplace(&before.uses[i], reading(before, before.uses[i], after.uses[i]));
  }
  return failed;
}

/// Where uses move, in whichever reading of a file. Looked at for the few that another reading moves.
class MovedPlaces {
 public:
  explicit MovedPlaces(const RetargetPlan& plan) : plan_(plan) {}

  bool contains(const Source* source, std::uint32_t begin) {
    if (!places_) {
      places_.emplace();
      for (const PlannedMove& one : plan_.moves) places_->emplace(one.document->source, one.use->span.begin);
    }
    return places_->contains({source, begin});
  }

 private:
  const RetargetPlan& plan_;
  std::optional<std::set<std::pair<const Source*, std::uint32_t>>> places_;
};

/// What is not as it was but for the moves, which have come to what is meant.
std::optional<std::string> difference(const Document& before, const Document& after, const MovesByUse& moves,
                                      MovedPlaces& places) {
  if (before.uses.size() != after.uses.size())
    return "it would have " + std::to_string(after.uses.size()) + " references instead of " +
           std::to_string(before.uses.size());
  for (std::size_t i = 0; i < before.uses.size(); ++i) {
    const ImageUse& old = before.uses[i];
    const ImageUse& fresh = after.uses[i];
    // What this reading of the file does not know another one moves.
    const bool good =
        is_at_same_place(old, fresh) && old.active == fresh.active &&
        (is_same(old, fresh) || moves.contains(&old) || places.contains(before.source, old.span.begin));
    if (!good) return reading(before, old, fresh);
  }
  if (before.stages.size() != after.stages.size()) return "it would have other stages";
  const auto kinds_of = [](const Document& document) {
    std::multiset<Trouble::Kind> kinds;
    for (const Trouble& trouble : document.troubles) kinds.insert(trouble.kind);
    return kinds;
  };
  const auto old_kinds = kinds_of(before);
  const auto new_kinds = kinds_of(after);
  if (!std::includes(old_kinds.begin(), old_kinds.end(), new_kinds.begin(), new_kinds.end()))
    return after.troubles.empty() ? "it would have other mistakes" : after.troubles.back().message;
  return std::nullopt;
}

/// The files whose edits a document's uses read.
std::set<const Source*> sources_of(const Document& document, const MovesByUse& moves) {
  std::set<const Source*> sources = {document.source};
  for (const ImageUse& use : document.uses)
    if (const auto move = moves.find(&use); move != moves.end())
      for (const Edit& edit : move->second->move.edits) sources.insert(edit.source);
  return sources;
}

}  // namespace

bool is_at_same_place(const ImageUse& before, const ImageUse& after) {
  // A bare word may be an alias of elsewhere, which what it becomes is not: a guess and no guess are the same
  // role.
  return before.role->name == after.role->name && before.role->function == after.role->function &&
         without_own_key(before) == without_own_key(after);
}

RejectedFiles reject_unproven(const RetargetPlan& plan, std::span<const Document* const> documents,
                              unsigned jobs) {
  std::map<const Source*, const KindInfo*> kinds;
  for (const Document* document : documents) kinds.emplace(document->source, document->kind);
  const auto prove = [&](std::size_t index) -> std::optional<std::string> {
    const EditSet& set = plan.edits[index];
    const auto kind = kinds.find(&set.source());
    return kind == kinds.end() || set.empty() ? std::nullopt : why_unproven(set, *kind->second);
  };
  RejectedFiles rejected;
  for_each_in_order(plan.edits.size(), jobs, prove, [&](std::size_t index, auto reason) {
    if (reason) rejected.emplace_back(&plan.edits[index].source(), *std::move(reason));
    return true;
  });
  return rejected;
}

std::optional<std::string> why_unproven(const EditSet& edits, const KindInfo& kind) {
  if (!kind.prove) return std::nullopt;
  const Result<void> proven = kind.prove(edits);
  if (proven) return std::nullopt;
  return "the edited file would not be the same YAML: " + proven.error().message;
}

Rejected reject_changed_meaning(const RetargetPlan& plan, std::span<const Document* const> before,
                                std::span<const Document* const> after) {
  constexpr std::string_view read_again = "read again after the edit, ";
  Rejected rejected;
  MovesByUse moves;
  for (const PlannedMove& one : plan.moves) moves.emplace(one.use, &one);
  MovedPlaces places(plan);
  std::map<const Source*, std::string> reasons;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const Document* fresh = i < after.size() ? after[i] : nullptr;
    if (!fresh) continue;
    for (auto& [use, reason] : failed_moves(*before[i], *fresh, moves))
      rejected.moves.emplace(use, std::string(read_again) + reason);
    if (!rejected.moves.empty()) continue;
    const auto what = difference(*before[i], *fresh, moves, places);
    if (!what) continue;
    for (const Source* source : sources_of(*before[i], moves))
      reasons.try_emplace(source, std::string(read_again) + *what);
  }
  if (!rejected.moves.empty()) return rejected;
  for (const EditSet& set : plan.edits)
    if (const auto reason = reasons.find(&set.source()); reason != reasons.end())
      rejected.files.emplace_back(&set.source(), reason->second);
  return rejected;
}

}  // namespace imglint
