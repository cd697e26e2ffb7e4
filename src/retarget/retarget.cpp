#include "retarget/retarget.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "kinds/index.hpp"
#include "project/given.hpp"
#include "retarget/concern.hpp"
#include "retarget/near_stages.hpp"
#include "retarget/placeholders.hpp"
#include "retarget/proposal.hpp"
#include "source/file_system.hpp"

namespace imglint {
namespace {

/// A file with a mistake in it is not edited: what it means is a guess. The reason goes on behind its name.
std::map<const Source*, std::string> blocked_sources(std::span<const Document* const> documents) {
  std::map<const Source*, std::string> blocked;
  for (const Document* document : documents)
    for (const Trouble& trouble : document->troubles)
      if (trouble.blocks_edits)
        blocked.try_emplace(document->source,
                            trouble.kind == Trouble::Kind::remark
                                ? " is not edited: " + trouble.message
                                : " is not edited, because of line " +
                                      std::to_string(document->source->position(trouble.span.begin).line) +
                                      ": " + trouble.message);
  return blocked;
}

std::vector<Proposal> propose(std::span<const Document* const> documents, const Mapping& mapping,
                              const RetargetOptions& options, const Selection& selection) {
  std::vector<Proposal> proposals;
  for (const Document* document : documents)
    for (const ImageUse& use : document->uses) {
      Proposal proposal{.document = document, .use = &use};
      if (selection.selects(use)) proposal.move = move_use(use, *document, mapping, options.move);
      proposals.push_back(std::move(proposal));
    }
  return proposals;
}

/// A name that one of the builds of a file takes for a context is none of an image there: it stays for all.
void keep_contexts(std::vector<Proposal>& proposals, std::vector<RetargetNote>& notes) {
  std::set<std::pair<const Source*, std::uint32_t>> contexts, told;
  for (const Proposal& proposal : proposals)
    if (proposal.use->kind == Kind::context)
      contexts.emplace(proposal.document->source, proposal.use->span.begin);
  for (Proposal& proposal : proposals) {
    const std::pair place(proposal.document->source, proposal.use->span.begin);
    if (!proposal.moves() || !contexts.contains(place)) continue;
    proposal.move = {};
    if (told.insert(place).second)
      notes.push_back({{proposal.document->source, proposal.use->span},
                       "stays: a service that builds this file gives a build context of this name"});
  }
}

std::optional<RunError> run_error(const std::vector<Proposal>& proposals) {
  for (const Proposal& proposal : proposals) {
    if (proposal.move.outcome != Move::Outcome::refused || !ends_run(proposal.move.refusal.kind)) continue;
    const Source& source = *proposal.document->source;
    const Position place = source.position(proposal.use->span.begin);
    return RunError{proposal.move.refusal.kind, Error{.message = proposal.move.refusal.message,
                                                      .path = source.path(),
                                                      .line = place.line,
                                                      .column = place.column}};
  }
  return std::nullopt;
}

/// Collects what the proposals came to, in the order of the documents.
class PlanMaker {
 public:
  explicit PlanMaker(const std::function<std::string(const Move&)>& rule) : rule_(rule) {}

  void add(Proposal& proposal) {
    if (proposal.moves()) {
      if (const auto clash = add_edits(proposal.move.edits)) {
        proposal.refuse(RefusalKind::not_editable,
                        "its edit meets another one, '" + clash->text + "'; run again after this one");
      } else {
        std::string rule = rule_(proposal.move);
        plan_.moves.push_back(
            {proposal.document, proposal.use, proposal.move, std::move(rule), proposal.group});
      }
    }
    if (proposal.move.outcome == Move::Outcome::refused) add_unresolved(proposal);
  }

  RetargetPlan finish() && {
    plan_.pairs = distinct_pairs(plan_.moves);
    return std::move(plan_);
  }

 private:
  std::optional<Edit> add_edits(const std::vector<Edit>& edits) {
    for (const Edit& edit : edits) {
      // A use has at most two edits; the second can only fail if it is the first one's neighbour.
      if (auto clash = set_of(*edit.source).add({edit})) return clash;
    }
    return std::nullopt;
  }

  EditSet& set_of(const Source& source) {
    const auto [place, fresh] = numbers_.try_emplace(&source, plan_.edits.size());
    if (fresh) plan_.edits.emplace_back(source);
    return plan_.edits[place->second];
  }

  void add_unresolved(const Proposal& proposal) {
    const Location place{proposal.document->source, proposal.use->span};
    const Refusal& refusal = proposal.move.refusal;
    // Each project that reads a place, and each build, may have a cause of its own.
    std::vector<std::size_t>& told = reported_[{place.source, place.span.begin, refusal.kind}];
    const auto is_told = [&](std::size_t index) {
      return plan_.unresolved[index].refusal.message == refusal.message;
    };
    if (told.size() > most_causes || std::ranges::any_of(told, is_told)) return;
    told.push_back(plan_.unresolved.size());
    if (told.size() <= most_causes)
      plan_.unresolved.push_back({place, refusal});
    else
      plan_.unresolved[told[most_causes - 1]].refusal.message += " (and more like this)";
  }

  static constexpr std::size_t most_causes = 3;  ///< that are told of one place

  const std::function<std::string(const Move&)>& rule_;
  RetargetPlan plan_;
  std::map<const Source*, std::size_t> numbers_;
  std::map<std::tuple<const Source*, std::uint32_t, RefusalKind>, std::vector<std::size_t>> reported_;
};

/// A file that could not be read, or not to its end, may hold references that should move.
void add_unread_files(RetargetPlan& plan, std::span<const Document* const> documents) {
  std::set<const Source*> known;
  for (const Document* document : documents)
    for (const Trouble& trouble : document->troubles)
      if (trouble.unread && known.insert(document->source).second)
        plan.unresolved.push_back(
            {{document->source, trouble.span},
             {RefusalKind::not_editable,
              "the file could not be read as a whole, so nothing in it moves: " + trouble.message}});
}

/// The same of a part of a file. Readings of one file with other arguments say it once.
void add_unread_parts(RetargetPlan& plan, std::span<const Document* const> documents) {
  std::set<std::pair<const Source*, Span>> known;
  for (const Document* document : documents)
    for (const Trouble& trouble : document->troubles)
      if (trouble.hides_references && !trouble.unread && known.emplace(document->source, trouble.span).second)
        plan.unresolved.push_back(
            {{document->source, trouble.span},
             {RefusalKind::not_understood, "not understood, so nothing here moves: " + trouble.message}});
}

/// An environment file that docker compose cannot read: what its variables stand for is not known.
void add_unread_environment(RetargetPlan& plan, std::span<const Document* const> documents) {
  std::set<std::pair<const Source*, Span>> known;
  for (const Document* document : documents)
    for (const EnvironmentTrouble& trouble : document->environment_troubles)
      if (known.emplace(trouble.place.source, trouble.place.span).second)
        plan.unresolved.push_back({trouble.place, {RefusalKind::not_understood, trouble.message}});
}

/// What is refused for one reason leaves less for the other to agree with.
void settle(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
            const Mapping& mapping, const RetargetOptions& options, const Selection& selection) {
  const auto count = [&] {
    return std::count_if(proposals.begin(), proposals.end(), [](const Proposal& one) { return one.moves(); });
  };
  for (auto before = count() + 1; before != count();) {
    couple_kustomizations(proposals, documents, mapping, options);
    before = count();
    refuse_unshared_edits(proposals);
    if (options.include_built) refuse_half_of_built(proposals, selection);
  }
}

/// Whether a file builds or starts the use's own with a value that stands in it, and not in its environment.
bool gives_argument(const Source& source, const ImageUse& use) {
  if (!walked_kind(source.path())) return false;
  const auto stands_there = [&](const Variable& variable) {
    return variable.place.source == &source &&
           (variable.source == VariableSource::build_args || variable.source == VariableSource::parameter);
  };
  return std::ranges::any_of(use.value.variables, stands_there) ||
         std::ranges::any_of(use.open_value.variables, stands_there);
}

/// Environment files that may be edited: those that were asked for, and the `.env` beside a file that was.
class GivenEnvironment {
 public:
  GivenEnvironment(std::span<const Document* const> documents, const std::vector<std::string>& given)
      : given_(&given) {
    std::set<std::string> paths;
    for (const std::string& path : given) paths.insert(normal_path(path));
    for (const Document* document : documents)
      if (const std::string path = normal_path(document->source->path()); paths.contains(path))
        folders_.emplace(folder_of(path));
  }
  [[nodiscard]] bool contains(const Source& source) const {
    const std::string path = normal_path(source.path());
    return is_given(path, *given_) ||
           (name_of(path) == ".env" && folders_.contains(std::string(folder_of(path))));
  }

 private:
  const std::vector<std::string>* given_;
  std::set<std::string> folders_;
};

}  // namespace

std::string line_at(const Location& place) {
  return place.source->path() + ":" + std::to_string(place.source->position(place.span.begin).line);
}

std::string line_of(const Proposal& proposal) {
  return line_at({proposal.document->source, proposal.use->span});
}

std::string line_apart(const Proposal& proposal, const Proposal& other) {
  std::string place = line_of(proposal);
  if (line_of(other) != place) return place;
  const Variable* supplied = nullptr;
  for (const Variable& variable : proposal.use->value.variables)
    if (variable.place.source) supplied = &variable;
  if (supplied) place += ", '" + printable(supplied->name) + "' of " + line_at(supplied->place);
  return place;
}

void refuse_blocked_files(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
                          const RetargetOptions& options) {
  const auto blocked = blocked_sources(documents);
  const GivenEnvironment environment(documents, options.given);
  std::set<const Source*> read;
  for (const Document* document : documents) read.insert(document->source);
  // Why an edit cannot be made; empty if it can.
  const auto reason_of = [&](const Edit& edit, const ImageUse& use, const Source* own) -> std::string {
    if (const auto found = blocked.find(edit.source); found != blocked.end())
      return (edit.source == own ? "the file" : quoted(printable(edit.source->path()))) + found->second;
    if (read.contains(edit.source)) return {};
    if (std::string why = options.left_out ? options.left_out(edit.source->path()) : ""; !why.empty())
      return quoted(printable(edit.source->path())) + " is not edited: " + why +
             "; name it to have it changed";
    if (!gives_argument(*edit.source, use) && environment.contains(*edit.source)) return {};
    const std::string line = std::to_string(edit.source->position(edit.span.begin).line);
    return "it is written in '" + printable(edit.source->path()) + "', line " + line +
           ", which lies outside of the given paths; give both";
  };
  for (Proposal& proposal : proposals) {
    if (!proposal.moves()) continue;
    for (const Edit& edit : proposal.move.edits)
      if (std::string reason = reason_of(edit, *proposal.use, proposal.document->source); !reason.empty()) {
        proposal.refuse(RefusalKind::not_editable, std::move(reason));
        break;
      }
  }
}

void drop_given_elsewhere(std::vector<Proposal>& proposals, std::span<const Document* const> documents) {
  std::map<const Source*, const Document*> plain;  // the first reading of each file
  for (const Document* document : documents) plain.try_emplace(document->source, document);
  if (plain.size() == documents.size()) return;
  std::set<const Source*> several;
  for (const Document* document : documents)
    if (plain.at(document->source) != document) several.insert(document->source);
  // Nobody builds what it says by itself, so that only its other readings count. Defaults move nevertheless:
  // whoever builds it by hand has them.
  const auto is_built_otherwise = [&](const Proposal& proposal) {
    const bool moves_default = proposal.moves() && (proposal.move.via == Via::arg_default ||
                                                    proposal.move.via == Via::compose_default);
    return proposal.document->is_never_built && several.contains(proposal.document->source) && !moves_default;
  };
  // Who builds by hand gets its name all the same: no change may spoil it.
  const auto has_name_by_hand = [](const Proposal& proposal) {
    return !proposal.moves() && proposal.use->kind == Kind::image && proposal.use->parsed();
  };
  std::set<std::pair<const Source*, std::uint32_t>> known;
  const auto is_unknown = [](const Proposal& proposal) {
    return proposal.move.outcome == Move::Outcome::refused &&
           proposal.move.refusal.kind == RefusalKind::unknown_variable;
  };
  for (const Proposal& proposal : proposals) {
    const bool is_plain = plain.at(proposal.document->source) == proposal.document;
    const bool says_nothing = is_plain && proposal.move.outcome == Move::Outcome::none;
    if (!is_unknown(proposal) && !says_nothing)
      known.emplace(proposal.document->source, proposal.use->span.begin);
  }
  for (Proposal& proposal : proposals)
    if (plain.at(proposal.document->source) == proposal.document &&
        (is_built_otherwise(proposal) ||
         (is_unknown(proposal) && known.contains({proposal.document->source, proposal.use->span.begin})))) {
      proposal.is_given_elsewhere = !has_name_by_hand(proposal);
      proposal.move = {};
    }
}

RetargetPlan collect_plan(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
                          const std::function<std::string(const Move&)>& rule) {
  PlanMaker maker(rule);
  for (Proposal& proposal : proposals) maker.add(proposal);
  RetargetPlan plan = std::move(maker).finish();
  add_unread_files(plan, documents);
  add_unread_parts(plan, documents);
  add_unread_environment(plan, documents);
  return plan;
}

std::variant<RetargetPlan, RunError> plan_retarget(std::span<const Document* const> documents,
                                                   const Mapping& mapping, const RetargetOptions& options) {
  const Selection selection(documents, options);
  std::vector<Proposal> proposals = propose(documents, mapping, options, selection);
  if (auto error = run_error(proposals)) return std::move(*error);
  drop_given_elsewhere(proposals, documents);
  std::vector<RetargetNote> excused;
  excuse_foreign(proposals, excused);
  std::size_t unconcerned = options.strict ? 0 : excuse_unconcerned(proposals, mapping, excused);
  if (!options.strict)
    unconcerned += excuse_documents(proposals, excused) + excuse_scripts(proposals, excused);
  keep_contexts(proposals, excused);
  refuse_blocked_files(proposals, documents, options);
  selection.refuse_shared_anchors(proposals);
  settle(proposals, documents, mapping, options, selection);
  auto collision = find_collision(proposals, mapping, options.equivalent);
  if (collision && !options.shows_collisions) return *std::move(collision);
  RetargetPlan plan =
      collect_plan(proposals, documents, [&](const Move& move) { return mapping.rule_text(move.mapped); });
  plan.collision = std::move(collision);
  plan.notes = std::move(excused);
  plan.stays.unknown = unconcerned;
  std::ranges::move(hosts_like_placeholders(proposals), std::back_inserter(plan.notes));
  std::ranges::move(words_like_stages(proposals), std::back_inserter(plan.notes));
  std::vector<RetargetNote> notes = notes_on(proposals, documents, mapping, selection, plan.stays);
  plan.notes.insert(plan.notes.end(), std::make_move_iterator(notes.begin()),
                    std::make_move_iterator(notes.end()));
  if (options.strict) hold_to_all(plan);
  return plan;
}

}  // namespace imglint
