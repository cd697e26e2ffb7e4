#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/counted.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "kinds/kind.hpp"
#include "policy/subject.hpp"
#include "retarget/concern.hpp"
#include "retarget/generated.hpp"
#include "retarget/proposal.hpp"
#include "retarget/unmatched.hpp"

namespace imglint {
namespace {

/// The variables whose text an edit changes, those around them included.
std::set<std::string, std::less<>> changed_variables(const Proposal& proposal) {
  std::set<std::string, std::less<>> names;
  for (const Edit& edit : proposal.move.edits)
    for (const auto* variables : {&proposal.use->value.variables, &proposal.use->open_value.variables})
      for (const Variable& variable : *variables)
        if (variable.place.source == edit.source && variable.place.span.begin <= edit.span.begin &&
            edit.span.end <= variable.place.span.end)
          names.emplace(variable.name);
  return names;
}

/// Whether a use stands below a path, or is used from there.
bool is_below(const ImageUse& use, std::string_view scope) {
  return use.path.starts_with(scope) ||
         std::ranges::any_of(use.aliases, [&](const Alias& alias) { return alias.path.starts_with(scope); });
}

class NoteTaker {
 public:
  NoteTaker(const std::vector<Proposal>& proposals, Stays& stays) : proposals_(proposals), stays_(stays) {}

  std::vector<RetargetNote> take() && { return std::move(notes_); }

  /// Secrets beside images that get another registry; one note for all files that have the same.
  void credentials_beside_moves() {
    std::vector<Beside> beside;  // as they are met: addresses come in another order in each run
    std::map<const Source*, std::size_t> numbers;
    for (const Proposal& proposal : proposals_) {
      if (!proposal.moves_name()) continue;
      const ImagePair& pair = proposal.move.pair;
      if (host_of(pair.source) == host_of(pair.target)) continue;
      for (const Credential& credential : proposal.document->credentials) {
        if (!is_below(*proposal.use, credential.scope)) continue;
        if (!credential.registry.empty() && credential.registry != host_of(pair.source)) continue;
        const Source* source = proposal.document->source;
        const auto [number, is_new] = numbers.try_emplace(source, beside.size());
        if (is_new) beside.push_back({{source, credential.span}, {}});
        beside[number->second].keys.insert(credential.key);
      }
    }
    std::map<std::set<std::string_view>, std::vector<Location>> places;
    for (const Beside& each : beside) places[each.keys].push_back(each.place);
    for (const Beside& each : beside)
      if (const auto& all = places[each.keys]; all.front().source == each.place.source)
        add(each.place, asked_of(each.keys) + also_in(all), false);
  }

  /// Charts of Bitnami start nothing from another registry unless they are told to.
  void charts_that_refuse_others() {
    constexpr std::string_view key = "allowInsecureImages:";
    std::set<const Source*> told;
    for (const Proposal& proposal : proposals_) {
      if (!proposal.moves_name() || !proposal.document->kind->has_chart) continue;
      const Source& source = *proposal.document->source;
      const auto at = source.bytes().find(key);
      if (at == std::string_view::npos || !told.insert(&source).second) continue;
      const auto line = source.bytes().substr(at, source.bytes().find('\n', at) - at);
      const auto begin = static_cast<std::uint32_t>(at);
      if (line.find("true") == line.npos)
        add({&source, {begin, begin + static_cast<std::uint32_t>(key.size()) - 1}},
            "the chart takes images of other registries only if this is true", false);
    }
  }

  void targets_that_stand_already() {
    std::set<std::string, std::less<>> targets;
    for (const Proposal& proposal : proposals_)
      if (proposal.moves_name()) targets.insert(proposal.move.pair.target);
    for (const Proposal& proposal : proposals_) {
      if (proposal.move.outcome != Move::Outcome::unchanged) continue;
      const auto found = targets.find(proposal.move.pair.source);
      if (found == targets.end()) continue;
      add(place_of(proposal), quoted(*found) + " stands here already, as after an earlier run", false);
      targets.erase(found);
    }
  }

  /// What was pulled would then be what a build of the run produces.
  void images_that_become_built_ones(const Selection& selection) {
    std::set<std::string, std::less<>> built;
    for (const Proposal& proposal : proposals_)
      if (!proposal.moves_name() && selection.is_output(*proposal.use))
        if (auto name = whole_name(*proposal.use)) built.insert(std::move(*name));
    if (built.empty()) return;
    for (const Proposal& proposal : proposals_) {
      if (!proposal.moves_name() || selection.is_output(*proposal.use)) continue;
      const auto name = whole_name(*proposal.use);
      const ImagePair& pair = proposal.move.pair;
      if (!name || !name->starts_with(pair.source)) continue;
      const std::string moved = pair.target + name->substr(pair.source.size());
      if (built.contains(moved))
        add(place_of(proposal),
            quoted(*name) + " becomes " + quoted(moved) +
                ", the name of what is built here; the two are not one",
            true);
    }
  }

  /// References of a kind that only an option selects, where the mapping concerns them.
  void uses_that_stay(const Mapping& mapping, const Selection& selection) {
    Stay built{"the name of a built image", "names of built images", "built"};
    Stay frontends{"a syntax directive", "syntax directives", "syntax"};
    Stay caches{"a cache", "caches", "cache"};
    Stay features{"a feature", "features", "features"};
    Stay probable{"what looks like an image", "places that look like images", "probable"};
    std::set<std::pair<const Source*, std::uint32_t>> known;
    for (const Proposal& proposal : proposals_)  // of what several projects read, one may have been refused
      if (proposal.move.outcome == Move::Outcome::refused)
        known.emplace(proposal.document->source, proposal.use->span.begin);
    for (const Proposal& proposal : proposals_) {
      const ImageUse& use = *proposal.use;
      if (selection.selects(use) || !concerns(mapping, use)) continue;
      if (!known.emplace(proposal.document->source, use.span.begin).second) continue;
      if (selection.is_output(use))
        built.add(proposal);
      else if (use.role->function == Function::frontend)
        frontends.add(proposal);
      else if (use.role->function == Function::cache)
        caches.add(proposal);
      else if (is_feature(*use.role))
        features.add(proposal);
      else if (is_pulled(*use.role))
        probable.add(proposal);
    }
    stays_.built = built.count;
    stays_.frontends = frontends.count;
    stays_.caches = caches.count;
    stays_.features = features.count;
    stays_.probable = probable.count;
    for (const Stay* stay : {&built, &frontends, &caches, &features, &probable})
      if (stay->first) add(place_of(*stay->first), stay->message(), false);
  }

  /// A bare word behind ONBUILD is left, whatever it is.
  void words_behind_onbuild(const Mapping& mapping) {
    for (const Proposal& proposal : proposals_) {
      if (!proposal.use->may_be_stage || !proposal.use->role->deferred || !concerns(mapping, *proposal.use))
        continue;
      add(place_of(proposal),
          quoted(proposal.use->value.text()) +
              " stays: it may be a stage of the build that uses this image; if it is an image, give it a tag "
              "or "
              "its registry",
          false);
    }
  }

  void count_names_that_are_there() {
    std::set<std::pair<const Source*, std::uint32_t>> known;  // a file may have been read several times
    for (const Proposal& proposal : proposals_)
      if (proposal.move.outcome == Move::Outcome::unchanged &&
          proposal.move.mapped.reason == MappedName::Reason::already_there)
        known.emplace(proposal.document->source, proposal.use->span.begin);
    stays_.already_there = known.size();
  }

  /// --to moves nothing within its own registry unless --from asks for it.
  void names_on_the_same_registry(const Mapping& mapping) {
    std::map<std::string, std::vector<const Proposal*>, std::less<>> by_owner;
    std::set<std::pair<const Source*, std::uint32_t>> known;
    for (const Proposal& proposal : proposals_) {
      if (proposal.move.mapped.reason != MappedName::Reason::same_registry ||
          !known.emplace(proposal.document->source, proposal.use->span.begin).second)
        continue;
      by_owner[owner_of(proposal.move.pair.source)].push_back(&proposal);
      ++stays_.same_registry;
    }
    for (const auto& [owner, members] : by_owner)
      add(place_of(*members.front()),
          (members.size() == 1
               ? quoted(members.front()->move.pair.source) + " stays, since it is"
               : std::to_string(members.size()) + " names of " + quoted(owner) + " stay, since they are") +
              " on the registry of " + mapping.target_text() + "; a run with --from " + owner +
              (members.size() == 1 ? " moves it" : " moves them"),
          false);
  }

  /// A global ARG that a stage declares again is read by the commands of that stage.
  void arguments_of_commands() {
    for (const Proposal& proposal : proposals_) {
      if (!proposal.moves() || (proposal.move.via != Via::arg_default && proposal.move.via != Via::build_arg))
        continue;
      std::set<std::string, std::less<>> names = changed_variables(proposal);
      for (const Argument& argument : proposal.document->arguments) {
        const bool uses_one = std::any_of(argument.value.variables.begin(), argument.value.variables.end(),
                                          [&](const Variable& used) { return names.contains(used.name); });
        if (argument.stage < 0 && uses_one) names.emplace(argument.name);
        if (argument.stage < 0 || !names.contains(argument.name)) continue;
        add({proposal.document->source, argument.name_span},
            quoted(argument.name) + " is also read by the commands of this stage, which get the new value",
            true);
      }
    }
  }

  /// A variable of an edited .env file, used in a compose file where no reference stands.
  void variables_of_other_text(std::span<const Document* const> documents) {
    for (const Proposal& proposal : proposals_) {
      if (!proposal.moves() || proposal.move.via != Via::env_file) continue;
      for (const std::string& name : changed_variables(proposal))
        for (const Document* document : documents)
          if (document->kind->reads_env_files) look_for(name, *document);
    }
  }

  /// Names without a registry are on Docker Hub already, however they are written.
  void target_that_changes_nothing(const Mapping& mapping) {
    if (mapping.to().name != "docker.io" ||
        mapping.options().spelling.value_or(Spelling::keep) != Spelling::keep ||
        std::any_of(proposals_.begin(), proposals_.end(),
                    [](const Proposal& each) { return each.moves_name(); }))
      return;
    const auto first = std::find_if(proposals_.begin(), proposals_.end(), [](const Proposal& proposal) {
      return proposal.move.mapped.reason == MappedName::Reason::already_there;
    });
    if (first != proposals_.end())
      add(place_of(*first),
          "a name without a registry is on docker.io already, so " + mapping.target_text() + " changes none",
          false);
  }

  /// What is known of the moves that nobody has written out.
  void facts_that_apply(const Mapping& mapping) {
    std::set<const MoveFact*> told;
    for (const Proposal& proposal : proposals_) {
      if (!proposal.moves() || proposal.move.mapped.entry < 0) continue;
      const auto entry = static_cast<std::size_t>(proposal.move.mapped.entry);
      const MoveFact* fact = mapping.options().maps[mapping.entries()[entry].written].fact;
      if (fact && told.insert(fact).second)
        add(place_of(proposal),
            quoted(fact->from) + " " + std::string(fact->state) + date_of(*fact) + " (" +
                std::string(fact->source) + ")",
            false);
    }
  }

  /// A file that a program writes would get the old names back.
  void generated_files(std::span<const Document* const> documents) {
    std::set<const Source*> edited;
    for (const Proposal& proposal : proposals_)
      if (proposal.moves())
        for (const Edit& edit : proposal.move.edits) edited.insert(edit.source);
    for (const Document* document : documents) {
      const auto header =
          edited.erase(document->source) > 0 ? find_generated_header(*document->source) : std::nullopt;
      if (!header) continue;
      add({document->source, header->place},
          header->origin.empty()
              ? "this file says that it is generated: move the names in what it is made of, too"
              : "this file is generated from " + quoted(header->origin) + ": move the names there, too",
          true);
    }
  }

 private:
  /// Keys of credentials in one file, and where the first of them stands.
  struct Beside {
    Location place;
    std::set<std::string_view> keys;
  };

  /// An account counts if secrets belong to it, which only another object says.
  static std::string asked_of(const std::set<std::string_view>& keys) {
    std::string text;
    for (const std::string_view key : keys) text += (text.empty() ? "" : ", ") + std::string(key);
    const bool is_account = text == "serviceAccountName";
    return text + " must give access to the new registry" + (is_account ? " if it has imagePullSecrets" : "");
  }

  /// `, as in 7 more files: b.yaml:5, c.yaml:5, d.yaml:9, …`; empty for one place.
  static std::string also_in(std::span<const Location> places) {
    constexpr std::size_t most = 3;
    const std::size_t count = places.size() - 1;
    if (count == 0) return {};
    std::string text = ", as in " + counted(count, "more file") + ": ";
    for (std::size_t i = 1; i <= std::min(count, most); ++i)
      text += (i == 1 ? "" : ", ") + printable(line_at(places[i]));
    return count > most ? text + ", …" : text;
  }

  /// References that stay for one reason, to be told of at once.
  struct Stay {
    std::string_view one;
    std::string_view several;
    std::string_view option;
    const Proposal* first = nullptr;
    std::size_t count = 0;

    void add(const Proposal& proposal) {
      if (count++ == 0) first = &proposal;
    }
    [[nodiscard]] std::string message() const {
      return count == 1 ? std::string(one) + " stays; --include " + std::string(option) + " moves it"
                        : std::to_string(count) + " " + std::string(several) + " stay; --include " +
                              std::string(option) + " moves them";
    }
  };

  /// Whether the mapping would do something with a use if it were selected.
  static bool concerns(const Mapping& mapping, const ImageUse& use) {
    const auto name = name_if_image(use);
    return name && mapping.map(*name).outcome != MappedName::Outcome::unchanged;
  }

  /// Since when a fact holds, if that is known and its text does not say it.
  static std::string date_of(const MoveFact& fact) {
    constexpr std::size_t year = 4;
    const bool is_told = fact.state.find(fact.since.substr(0, year)) != std::string_view::npos;
    return is_told ? std::string() : ", since " + std::string(fact.since);
  }

  /// `ghcr.io/other` of `ghcr.io/other/x`.
  static std::string owner_of(const std::string& name) {
    const auto host_end = name.find('/');
    return name.substr(0, name.find('/', host_end == std::string::npos ? host_end : host_end + 1));
  }

  static Location place_of(const Proposal& proposal) {
    return {proposal.document->source, proposal.use->span};
  }

  void add(Location place, std::string message, bool warning) {
    if (!known_.emplace(place.source, place.span.begin, message).second) return;
    notes_.push_back({place, std::move(message), warning});
  }

  void look_for(std::string_view name, const Document& document) {
    const std::string_view text = document.source->bytes();
    for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + name.size())) {
      const bool variable = (at >= 1 && text[at - 1] == '$') || (at >= 2 && text.substr(at - 2, 2) == "${");
      const auto end = at + name.size();
      constexpr std::string_view word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
      if (!variable || (end < text.size() && word.find(text[end]) != std::string_view::npos)) continue;
      const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      const bool in_use = std::any_of(document.uses.begin(), document.uses.end(),
                                      [&](const ImageUse& use) { return use.span.contains(span); });
      if (!in_use)
        return add({document.source, span}, quoted(name) + " is also used here, which gets the new value",
                   true);
    }
  }

  const std::vector<Proposal>& proposals_;
  Stays& stays_;
  std::vector<RetargetNote> notes_;
  std::set<std::tuple<const Source*, std::uint32_t, std::string>> known_;
};

}  // namespace

std::vector<RetargetNote> notes_on(const std::vector<Proposal>& proposals,
                                   std::span<const Document* const> documents, const Mapping& mapping,
                                   const Selection& selection, Stays& stays) {
  NoteTaker taker(proposals, stays);
  taker.credentials_beside_moves();
  taker.charts_that_refuse_others();
  taker.targets_that_stand_already();
  taker.images_that_become_built_ones(selection);
  taker.uses_that_stay(mapping, selection);
  taker.words_behind_onbuild(mapping);
  taker.names_on_the_same_registry(mapping);
  taker.count_names_that_are_there();
  taker.arguments_of_commands();
  taker.variables_of_other_text(documents);
  taker.facts_that_apply(mapping);
  taker.generated_files(documents);
  taker.target_that_changes_nothing(mapping);
  std::vector<RetargetNote> notes = std::move(taker).take();
  note_idle_paths(mapping, notes);
  std::vector<RetargetNote> unmatched = unmatched_patterns(proposals, mapping);
  std::move(unmatched.begin(), unmatched.end(), std::back_inserter(notes));
  return notes;
}

}  // namespace imglint
