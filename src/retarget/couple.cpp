// Kustomizations: an entry's name moves with all that it selects, or neither does.
#include <algorithm>
#include <deque>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/quote.hpp"
#include "move/use_name.hpp"
#include "policy/kustomize.hpp"
#include "retarget/proposal.hpp"

namespace imglint {
namespace {

using Selected = std::vector<std::vector<UseRef>>;

/// The name of a use as it stands in the file, without tag and digest.
std::string spelled_name(const ImageUse& use) {
  const std::string_view text = use.written.text();
  return std::string(text.substr(0, name_size(text)));
}

std::string place_text(const UseRef& ref) {
  const Source& source = *ref.document->source;
  return source.path() + ":" + std::to_string(source.position(ref.use->span.begin).line);
}

class Coupling {
 public:
  Coupling(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
           const Mapping& mapping, const RetargetOptions& options)
      : proposals_(proposals),
        outside_(options.outside.begin(), options.outside.end()),
        graph_(with(documents, options.outside), options.here),
        mapping_(mapping),
        options_(options.move) {
    for (Proposal& proposal : proposals) known_.emplace(UseRef{proposal.document, proposal.use}, &proposal);
    for (const Document* document : outside_)
      for (const ImageUse& use : document->uses)
        known_.emplace(UseRef{document, &use},
                       &unmoved_.emplace_back(Proposal{.document = document, .use = &use}));
    for (const UseRef& ref : graph_.unlisted())
      known_.emplace(ref, &unmoved_.emplace_back(Proposal{.document = ref.document, .use = ref.use}));
  }

  void run() {
    if (graph_.entries().empty()) return;
    const Selected selected = graph_.selected({});
    do {
      changed_ = false;
      for (std::size_t index = 0; index < graph_.entries().size(); ++index)
        settle(graph_.entries()[index], selected[index]);
      if (!changed_) refuse_captured(selected);
    } while (changed_);
    follow();
    keep_tags(selected);
    number_groups(selected);
  }

 private:
  static std::vector<const Document*> with(std::span<const Document* const> documents,
                                           const std::vector<const Document*>& outside) {
    std::vector<const Document*> all(documents.begin(), documents.end());
    all.insert(all.end(), outside.begin(), outside.end());
    return all;
  }

  [[nodiscard]] Proposal& at(const UseRef& ref) const { return *known_.at(ref); }
  [[nodiscard]] static bool is_fixed(const KustomizeEntry& entry) {
    return entry.form != KustomizeEntry::Form::listed;
  }
  [[nodiscard]] bool is_unlisted(const UseRef& ref) const {
    return std::ranges::find(graph_.unlisted(), ref) != graph_.unlisted().end();
  }
  [[nodiscard]] bool is_outside(const UseRef& ref) const { return outside_.contains(ref.document); }

  void refuse(const UseRef& ref, RefusalKind kind, std::string message) {
    Proposal& proposal = at(ref);
    if (proposal.move.outcome == Move::Outcome::refused) return;
    if (proposal.moves()) changed_ = true;
    proposal.refuse(kind, std::move(message));
  }

  void settle(const KustomizeEntry& entry, const std::vector<UseRef>& selected) {
    if (!entry.selector.use) return refuse_string(entry, selected);
    Proposal& selector = at(entry.selector);
    if (entry.image.use && entry.image.use->follows_selector) at(entry.image).move = {};
    if (selector.move.outcome == Move::Outcome::refused) return refuse_all(entry, selected);
    selector.move = {};
    if (selected.empty()) return look_at_unmatched(entry);
    std::vector<UseRef> movers;
    for (const UseRef& use : selected) {
      Move& move = at(use).move;
      const bool place_holder = entry.has_name && move.outcome == Move::Outcome::refused &&
                                move.refusal.kind == RefusalKind::invalid_reference;
      if (place_holder) move = {};
      if (at(use).moves()) movers.push_back(use);
    }
    if (movers.empty()) return look_at_outside(entry, selected);
    if (const auto edit = edit_of(entry, selected)) {
      selector.move = *edit;
      return;
    }
    refuse_all(entry, selected);
  }

  /// `NAME:TAG` of Argo CD without `OLD=`: its name is also what it selects by.
  void refuse_string(const KustomizeEntry& entry, const std::vector<UseRef>& selected) {
    for (const UseRef& use : selected)
      if (at(use).moves())
        refuse(use, RefusalKind::kustomize_selector,
               quoted(spelled_name(*entry.image.use)) + " in " + place_text(entry.image) +
                   " selects it by its name and would not follow; write 'OLD=NEW:TAG' there");
    if (at(entry.image).moves())
      refuse(entry.image, RefusalKind::kustomize_unmatched,
             "it selects images by its name; write 'OLD=NEW:TAG'");
  }

  /// Where the name of an entry would go if it were an image; nothing if that is no matter.
  [[nodiscard]] std::optional<Move> move_of_name(const KustomizeEntry& entry) const {
    if (entry.has_name || is_outside(entry.selector) || is_fixed(entry)) return std::nullopt;
    Move move = move_use(*entry.selector.use, *entry.selector.document, mapping_, options_);
    return move.outcome == Move::Outcome::moved ? std::optional(std::move(move)) : std::nullopt;
  }

  /// An overlay that was given without its base: its names stay, as what they select does.
  void look_at_outside(const KustomizeEntry& entry, const std::vector<UseRef>& selected) {
    const auto outside = [this](const UseRef& use) { return is_outside(use); };
    if (!std::ranges::all_of(selected, outside) || !move_of_name(entry)) return;
    at(entry.selector)
        .refuse(RefusalKind::kustomize_selector,
                "what it selects stands in " + place_text(selected.front()) +
                    ", outside of the given paths, and would be lost; give both");
  }

  void look_at_unmatched(const KustomizeEntry& entry) {
    const auto move = move_of_name(entry);
    if (!move) return;
    at(entry.selector)
        .refuse(RefusalKind::kustomize_unmatched,
                "it selects no image of these files: what it is for stands elsewhere, or is spelled "
                "otherwise; add 'newName: " +
                    move->mapped.name + "'");
  }

  /// Why an entry's name does not move with what it selects.
  [[nodiscard]] std::string reason_of(const KustomizeEntry& entry,
                                      const std::vector<UseRef>& selected) const {
    constexpr std::string_view away = ", which lies outside of the given paths, so neither moves; give both";
    if (entry.form == KustomizeEntry::Form::test)
      return " is what a patch tests, and Kustomize would stop; change the test by hand";
    if (entry.form == KustomizeEntry::Form::transformer)
      return " is the name that a transformer selects it by, which is not edited; use 'images' instead";
    if (is_outside(entry.selector)) return " selects it by its name" + std::string(away);
    const auto other = std::ranges::find_if(selected, [this](const UseRef& use) { return is_outside(use); });
    if (other != selected.end())
      return " selects it by its name with " + place_text(*other) + std::string(away);
    const auto fixed = std::ranges::find_if(selected, [this](const UseRef& use) { return is_unlisted(use); });
    if (fixed != selected.end())
      return " selects it by its name with " + place_text(*fixed) + ", which is not edited";
    return " selects it by its name, and what that selects cannot all move to one name";
  }

  void refuse_all(const KustomizeEntry& entry, const std::vector<UseRef>& selected) {
    const std::string message = quoted(spelled_name(*entry.selector.use)) + " in " +
                                place_text(entry.selector) + reason_of(entry, selected);
    bool any = false;
    for (const UseRef& use : selected) {
      if (!at(use).moves()) continue;
      any = true;
      refuse(use, RefusalKind::kustomize_selector, message);
    }
    if (any)
      refuse(entry.selector, RefusalKind::kustomize_selector,
             "what it selects cannot all move to one name, so it stays, and what it selects too");
  }

  /// The move of an entry's name; nothing if what it selects does not move as one.
  [[nodiscard]] std::optional<Move> edit_of(const KustomizeEntry& entry,
                                            const std::vector<UseRef>& selected) {
    const ImageUse& use = *entry.selector.use;
    const std::string_view name = use.written.text();
    if (is_outside(entry.selector) || is_fixed(entry)) return std::nullopt;
    if (!is_plain_kustomize_name(name) || spelled_name(use) != name || !use.not_editable.empty())
      return std::nullopt;
    const Move& first = at(selected.front()).move;
    for (const UseRef& one : selected) {
      const Proposal& proposal = at(one);
      if (!proposal.moves() || spelled_name(*one.use) != name ||
          proposal.move.mapped.name != first.mapped.name)
        return std::nullopt;
    }
    const auto place = use.written.source_of({0, static_cast<std::uint32_t>(name.size())});
    if (!place) return std::nullopt;
    Move move{.outcome = Move::Outcome::moved, .mapped = first.mapped};
    move.pair = {.source = first.pair.source, .target = first.mapped.name};
    move.edits = {{.source = place->source, .span = place->span, .text = first.mapped.name}};
    return move;
  }

  /// What an entry would select after the move and did not before.
  void refuse_captured(const Selected& before) {
    Spellings spelling;
    for (const Proposal& proposal : proposals_)
      if (proposal.moves()) {
        const bool is_selector = proposal.use->role->function == Function::selector;
        const std::string_view text = proposal.use->written.text();
        const std::string name = spelled_name(*proposal.use);
        spelling[{proposal.document, proposal.use}] =
            proposal.move.mapped.name + (is_selector ? std::string() : std::string(text.substr(name.size())));
      }
    const Selected after = graph_.selected(spelling);
    for (std::size_t index = 0; index < after.size(); ++index)
      for (const UseRef& use : after[index])
        if (at(use).moves() && std::ranges::find(before[index], use) == before[index].end())
          refuse(
              use, RefusalKind::kustomize_selector,
              "under its new name it would be selected in " + place_text(graph_.entries()[index].selector));
  }

  /// A new name without a tag keeps that of what is selected; of several nobody knows which is copied.
  void keep_tags(const Selected& selected) {
    for (std::size_t index = 0; index < selected.size(); ++index) {
      const KustomizeEntry& entry = graph_.entries()[index];
      if (!entry.has_name || !entry.image.use->tag_is_elsewhere || !at(entry.image).moves()) continue;
      std::set<std::pair<std::string, std::string>> suffixes;
      std::string shown;
      for (const UseRef& use : selected[index]) {
        const auto read = read_use_name(*use.use);
        const auto* name = read ? std::get_if<UseName>(&*read) : nullptr;
        const bool known = name && name->suffix_known && !name->suffix.empty();
        if (known) shown = name->suffix;
        suffixes.emplace(known ? name->meaning.tag.value_or("") : "?",
                         known ? name->meaning.digest.value_or("") : "");
      }
      if (suffixes.size() != 1 || shown.empty()) continue;
      ImagePair& pair = at(entry.image).move.pair;
      std::tie(pair.tag, pair.digest) = *suffixes.begin();
      pair.target_suffix = shown;
      pair.suffix_known = true;
    }
  }

  /// Entries without a new name: their images are called as their names are.
  void follow() {
    for (const KustomizeEntry& entry : graph_.entries()) {
      if (!entry.image.use || !entry.image.use->follows_selector || !entry.selector.use) continue;
      const Proposal& selector = at(entry.selector);
      if (!selector.moves()) continue;
      Move move = selector.move;
      const auto read = read_use_name(*entry.image.use);
      const auto* name = read ? std::get_if<UseName>(&*read) : nullptr;
      if (name) {
        move.pair.target_suffix = name->shown(name->suffix);
        move.pair.suffix_known = name->suffix_known;
        move.pair.tag = name->meaning.tag.value_or("");
        move.pair.digest = name->meaning.digest.value_or("");
      }
      at(entry.image).move = std::move(move);
    }
  }

  /// Those that share an entry get one number.
  void number_groups(const Selected& selected) {
    std::vector<std::size_t> parents(graph_.entries().size());
    std::iota(parents.begin(), parents.end(), std::size_t{0});
    const auto top = [&](std::size_t index) {
      while (parents[index] != index) index = parents[index];
      return index;
    };
    std::map<UseRef, std::size_t> owners;
    const auto each = [&](const auto& use) {
      for (std::size_t index = 0; index < selected.size(); ++index) {
        const KustomizeEntry& entry = graph_.entries()[index];
        for (const UseRef& one : selected[index]) use(one, index);
        for (const UseRef& one : {entry.selector, entry.image})
          if (one.use) use(one, index);
      }
    };
    each([&](const UseRef& one, std::size_t index) {
      const auto [owner, is_new] = owners.try_emplace(one, index);
      if (!is_new) parents[top(index)] = top(owner->second);
    });
    each([&](const UseRef& one, std::size_t index) {
      if (at(one).moves()) at(one).group = static_cast<std::int32_t>(top(index));
    });
  }

  std::vector<Proposal>& proposals_;
  std::set<const Document*> outside_;
  std::deque<Proposal> unmoved_;  ///< of the documents outside
  KustomizeGraph graph_;
  const Mapping& mapping_;
  const MoveOptions& options_;
  std::map<UseRef, Proposal*> known_;
  bool changed_ = false;
};

}  // namespace

void couple_kustomizations(std::vector<Proposal>& proposals, std::span<const Document* const> documents,
                           const Mapping& mapping, const RetargetOptions& options) {
  Coupling(proposals, documents, mapping, options).run();
}

}  // namespace imglint
