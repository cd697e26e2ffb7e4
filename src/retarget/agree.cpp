// A text that several uses read may be changed only if every one of them asks for the same change.
#include <algorithm>
#include <map>
#include <tuple>

#include "retarget/proposal.hpp"

namespace imglint {
namespace {

using Index = std::size_t;

bool touches(Span read, Span edit) {
  if (edit.empty() || read.empty()) return read.begin <= edit.end && edit.begin <= read.end;
  return read.begin < edit.end && edit.begin < read.end;
}

/// Whether an edit stands inside of a `${NAME:-word}` of a use whose variable has its value from elsewhere:
/// this reading of the file does not read the word, although others may.
bool is_unread_word(const Proposal& proposal, const Edit& edit) {
  const auto holds_unread = [&](const Variable& variable) {
    const Location& written = variable.written;
    return variable.source != VariableSource::none && variable.source != VariableSource::default_word &&
           written.source == edit.source && written.span.begin < edit.span.begin &&
           edit.span.end < written.span.end;
  };
  return std::ranges::any_of(proposal.use->value.variables, holds_unread) ||
         std::ranges::any_of(proposal.use->open_value.variables, holds_unread);
}

/// The bytes that uses read, findable by place.
class Readers {
 public:
  explicit Readers(const std::vector<Proposal>& proposals) : proposals_(&proposals) {
    for (Index i = 0; i < proposals.size(); ++i)
      if (!proposals[i].is_given_elsewhere) add(proposals[i], i);
    for (auto& [source, spans] : by_source_) {
      std::sort(spans.begin(), spans.end(), [](const Read& a, const Read& b) { return a.span < b.span; });
      std::uint32_t farthest = 0;
      for (Read& read : spans) read.farthest = farthest = std::max(farthest, read.span.end);
    }
  }

  [[nodiscard]] std::vector<Index> of(const Edit& edit) const {
    std::vector<Index> found;
    const auto spans = by_source_.find(edit.source);
    if (spans == by_source_.end()) return found;
    auto next = std::partition_point(spans->second.begin(), spans->second.end(),
                                     [&](const Read& read) { return read.span.begin <= edit.span.end; });
    while (next != spans->second.begin()) {
      --next;
      if (next->farthest < edit.span.begin) break;
      if (touches(next->span, edit.span) && !is_unread_word((*proposals_)[next->proposal], edit))
        found.push_back(next->proposal);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  struct Read {
    Span span;
    Index proposal = 0;
    std::uint32_t farthest = 0;  ///< largest end up to here
  };

  void add(const Proposal& proposal, Index index) {
    const ImageUse& use = *proposal.use;
    if (use.role->function == Function::fragment) return;  // changes with the whole of it
    if (use.parts.empty()) by_source_[proposal.document->source].push_back({use.span, index});
    for (const UsePart& part : use.parts) by_source_[proposal.document->source].push_back({part.span, index});
    const Value& platform = proposal.document->platform_of(use);
    for (const auto* variables : {&use.value.variables, &use.open_value.variables, &platform.variables})
      for (const Variable& variable : *variables)
        if (variable.place.source &&
            (variable.place.source != proposal.document->source || !use.span.contains(variable.place.span)))
          by_source_[variable.place.source].push_back({variable.place.span, index});
  }

  const std::vector<Proposal>* proposals_;
  std::map<const Source*, std::vector<Read>> by_source_;
};

struct EditOrder {
  bool operator()(const Edit& a, const Edit& b) const {
    return std::tie(a.source, a.span, a.text) < std::tie(b.source, b.span, b.text);
  }
};

/// One change, who asks for it, and who reads its bytes.
struct Change {
  std::vector<Index> askers;
  std::vector<Index> readers;
};

/// The word of --include with which a run moves such uses; empty if it does without.
std::string_view include_word(const Proposal& proposal) {
  const RoleInfo& role = *proposal.use->role;
  if (proposal.move.outcome != Move::Outcome::none) return {};
  if (role.certainty == Certainty::probable) return "probable";
  if (names_output(role)) return "built";
  return role.function == Function::cache ? "cache" : std::string_view();
}

/// What makes all who stay ask for the change as well, if one word does.
std::string cure(const std::vector<Proposal>& proposals, const std::vector<Index>& others) {
  const std::string_view word = include_word(proposals[others.front()]);
  const bool is_cure = !word.empty() && std::ranges::all_of(others, [&](Index other) {
    return include_word(proposals[other]) == word;
  });
  return is_cure ? ", or move it as well with '--include " + std::string(word) + "'" : std::string();
}

/// What would change with the image of a build that gives no arguments, which is all that does not ask for
/// it.
std::string disagreement_by_hand(const std::string& text, const Proposal& by_hand) {
  return text + " is also part of '" + std::string(by_hand.use->value.text()) +
         "', the image of a build without arguments, which does not ask for this change; give both a --map, "
         "or change it by hand";
}

std::string disagreement(const Edit& edit, const std::vector<Proposal>& proposals, Index asker,
                         const std::vector<Index>& others) {
  constexpr std::size_t most = 5;
  std::string text = edit.span.empty() ? "the text before '" + edit.text + "' would go"
                                       : "'" + std::string(edit.source->text(edit.span)) + "'";
  const bool is_by_hand = others.size() == 1 && proposals[others.front()].document->is_never_built;
  if (is_by_hand) return disagreement_by_hand(text, proposals[others.front()]);
  text += " is also read in ";
  for (std::size_t i = 0; i < std::min(most, others.size()); ++i)
    text += (i > 0 ? ", " : "") + line_apart(proposals[others[i]], proposals[asker]);
  if (others.size() > most) text += " and " + std::to_string(others.size() - most) + " more";
  return text + ", which does not ask for this change; give them variables of their own" +
         cure(proposals, others);
}

/// What it is that several references read.
RefusalKind kind_of(const ImageUse& use) {
  const bool is_global = use.registry_is_shared || std::any_of(use.parts.begin(), use.parts.end(),
                                                               [](const UsePart& part) { return part.also; });
  if (is_global) return RefusalKind::global_registry;
  return use.parts.empty() ? RefusalKind::shared_variable : RefusalKind::shared_anchor;
}

class Agreement {
 public:
  explicit Agreement(std::vector<Proposal>& proposals) : proposals_(proposals), readers_(proposals) {
    for (Index i = 0; i < proposals.size(); ++i)
      if (proposals[i].moves())
        for (const Edit& edit : proposals[i].move.edits) changes_[edit].askers.push_back(i);
    for (auto& [edit, change] : changes_) {
      change.readers = readers_.of(edit);
      open_.push_back(&edit);
    }
    // The first reference's change is looked at first, whatever the order of the map.
    std::stable_sort(open_.begin(), open_.end(), [this](const Edit* a, const Edit* b) {
      return changes_.find(*a)->second.askers.front() > changes_.find(*b)->second.askers.front();
    });
  }

  void settle() {
    while (!open_.empty()) {
      const Edit* edit = open_.back();
      open_.pop_back();
      check(*edit, changes_.find(*edit)->second);
    }
  }

 private:
  [[nodiscard]] bool asks(Index proposal, const Change& change) const {
    return proposals_[proposal].moves() &&
           std::binary_search(change.askers.begin(), change.askers.end(), proposal);
  }

  void check(const Edit& edit, const Change& change) {
    std::vector<Index> others;
    for (const Index reader : change.readers)
      if (!asks(reader, change)) others.push_back(reader);
    if (others.empty()) return;
    const std::string message = disagreement(edit, proposals_, change.askers.front(), others);
    for (const Index asker : change.askers) {
      if (!proposals_[asker].moves()) continue;
      // Its other edits lose this asker.
      for (const Edit& other : proposals_[asker].move.edits)
        if (!(other == edit)) open_.push_back(&changes_.find(other)->first);
      proposals_[asker].refuse(kind_of(*proposals_[asker].use), message);
    }
  }

  std::vector<Proposal>& proposals_;
  Readers readers_;
  std::map<Edit, Change, EditOrder> changes_;
  std::vector<const Edit*> open_;
};

}  // namespace

void refuse_unshared_edits(std::vector<Proposal>& proposals) { Agreement(proposals).settle(); }

}  // namespace imglint
