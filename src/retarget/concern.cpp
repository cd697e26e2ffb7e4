#include "retarget/concern.hpp"

#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "move/use_name.hpp"

namespace imglint {
namespace {

/// A name of which parts are known: between two texts may stand anything.
using Texts = std::vector<std::string>;

bool is_telling(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || is_digit(c); });
}

/// The texts without those between which nothing but slashes and the like is known.
Texts telling_texts(const Texts& texts) {
  Texts kept;
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (i == 0 || i + 1 == texts.size() || is_telling(texts[i])) kept.push_back(texts[i]);
  for (std::string* edge : {&kept.front(), &kept.back()})
    if (!is_telling(*edge) && kept.size() > 1) edge->clear();
  return kept;
}

/// Whether a text that stands at an offset of a pattern's name, which may lie before it, leaves it a match.
/// `goes_on`: anything may follow the text.
bool meets_at(const NamePattern& pattern, std::string_view text, std::ptrdiff_t at, bool goes_on) {
  const std::string_view name = pattern.name;
  const std::string_view before = text.substr(0, at < 0 ? static_cast<std::size_t>(-at) : 0);
  if (before.find('/') != std::string_view::npos) return false;
  text.remove_prefix(before.size());
  const std::string_view rest = name.substr(at < 0 ? 0 : static_cast<std::size_t>(at));
  const std::size_t shared = std::min(text.size(), rest.size());
  if (text.substr(0, shared) != rest.substr(0, shared) || !is_telling(text.substr(0, shared))) return false;
  if (text.size() < rest.size()) return goes_on;
  if (text.size() == rest.size()) return goes_on || pattern.kind != NamePattern::Kind::wildcard;
  return text[shared] == '/' && pattern.kind != NamePattern::Kind::exact;
}

/// Whether the first text, before which anything may stand, meets a pattern somewhere.
bool meets_anywhere(const NamePattern& pattern, std::string_view text, bool goes_on) {
  const bool wild = pattern.kind == NamePattern::Kind::wildcard;
  const auto first = wild ? -static_cast<std::ptrdiff_t>(text.size()) : std::ptrdiff_t{0};
  for (auto at = first; at < static_cast<std::ptrdiff_t>(pattern.name.size()); ++at)
    if (meets_at(pattern, text, at, goes_on)) return true;
  return false;
}

/// Whether a name that begins with a known text meets a pattern there.
bool meets_at_start(const NamePattern& pattern, std::string_view text, bool goes_on) {
  if (pattern.kind == NamePattern::Kind::wildcard) {
    for (std::ptrdiff_t at = -1; at > -static_cast<std::ptrdiff_t>(text.size()); --at)
      if (meets_at(pattern, text, at, goes_on)) return true;
    return false;
  }
  constexpr std::string_view other_name = "index.";
  if (text.starts_with("index.docker.io/")) text.remove_prefix(other_name.size());
  if (meets_at(pattern, text, 0, goes_on)) return true;
  // Without a host it is on Docker Hub, and may be an official image.
  const std::string_view component = text.substr(0, text.find('/'));
  const bool is_host = component == "localhost" || component.find_first_of(".:") != std::string_view::npos ||
                       lower_case(component) != component;
  if (is_host && component.size() < text.size()) return false;
  for (const std::string_view implied : {"docker.io", "docker.io/library"}) {
    if (pattern.name == implied && pattern.kind == NamePattern::Kind::prefix) return true;
    const bool is_below = pattern.name.starts_with(implied) && pattern.name.size() > implied.size();
    if (is_below && meets_at(pattern, text, static_cast<std::ptrdiff_t>(implied.size()) + 1, goes_on))
      return true;
  }
  return false;
}

bool meets(const NamePattern& pattern, const Texts& all) {
  const Texts texts = telling_texts(all);
  if (!texts.front().empty()) return meets_at_start(pattern, texts.front(), texts.size() > 1);
  for (std::size_t i = 1; i < texts.size(); ++i) {
    if (texts[i].empty()) continue;
    if (meets_anywhere(pattern, texts[i], i + 1 < texts.size())) return true;
    if (pattern.kind != NamePattern::Kind::wildcard)
      return false;  // it would have to stand before the others
  }
  return false;
}

/// What `${NAME:+word}` may put into a name.
std::vector<Texts> conditional_texts(const ImageUse& use) {
  std::vector<Texts> words;
  for (const Variable& variable : use.value.variables) {
    if (variable.op != "+" && variable.op != ":+") continue;
    const std::string written = written_text(variable);
    const std::size_t begin = std::min(written.size(), 2 + variable.name.size() + variable.op.size());
    std::string word = written.substr(begin, written.find_first_of("$}", begin) - begin);
    if (is_telling(word)) words.push_back({"", std::move(word), ""});
  }
  return words;
}

/// Whether what is in the way of a move is that the name is not known, or none.
bool is_about_name(const Proposal& proposal) {
  if (proposal.move.outcome != Move::Outcome::refused) return false;
  switch (proposal.move.refusal.kind) {
    case RefusalKind::unknown_variable:
    case RefusalKind::conditional_variable:
      return true;
    case RefusalKind::invalid_reference:
      // A variable where none is expanded: what is around it tells as much.
      return proposal.use->value.is_known() || proposal.use->error_kind == UseError::variable_not_allowed;
    default:
      return false;
  }
}

}  // namespace

std::optional<NameToMap> name_if_image(const ImageUse& use) {
  if (use.may_be_stage && use.role->deferred) {
    // Stages are found in any case, and no image has capitals.
    const std::string name = lower_case(use.value.text());
    const Piece piece{.text = {0, static_cast<std::uint32_t>(name.size())}};
    ImageUse image = use;
    image.may_be_stage = false;
    if (name != use.value.text() && use.value.is_known()) {
      image.kind = Kind::image;
      image.value.set(MappedText(name, {&piece, 1}));
    }
    return name_if_image(image);
  }
  const auto read = read_use_name(use);
  const auto* name = read ? std::get_if<UseName>(&*read) : nullptr;
  return name ? std::optional(name->to_map()) : std::nullopt;
}

KnownName::KnownName(const ImageUse& use) : readings_(conditional_texts(use)) {
  readings_.push_back(known_texts(use));
}

bool KnownName::may_match(const NamePattern& pattern) const {
  return std::any_of(readings_.begin(), readings_.end(),
                     [&](const Texts& texts) { return meets(pattern, texts); });
}

bool may_concern(const Mapping& mapping, const ImageUse& use) {
  if (!mapping.to().name.empty() && mapping.from().empty()) return true;
  const KnownName name(use);
  return std::any_of(mapping.from().begin(), mapping.from().end(),
                     [&](const NamePattern& from) { return name.may_match(from); }) ||
         std::any_of(mapping.entries().begin(), mapping.entries().end(),
                     [&](const Mapping::Entry& entry) { return name.may_match(entry.from); });
}

std::size_t excuse_unconcerned(std::vector<Proposal>& proposals, const Mapping& mapping,
                               std::vector<RetargetNote>& notes) {
  std::size_t without_value = 0;
  std::set<std::pair<const Source*, std::uint32_t>> known;
  for (Proposal& proposal : proposals) {
    if (!is_about_name(proposal) || may_concern(mapping, *proposal.use)) continue;
    const Location place{proposal.document->source, proposal.use->span};
    if (known.emplace(place.source, place.span.begin).second) {
      notes.push_back({place, "stays, whatever it is: " + proposal.move.refusal.message});
      if (proposal.move.refusal.kind == RefusalKind::unknown_variable) ++without_value;
    }
    proposal.move = {};
  }
  return without_value;
}

void excuse_foreign(std::vector<Proposal>& proposals, std::vector<RetargetNote>& notes) {
  std::set<const Source*> told;
  for (Proposal& proposal : proposals) {
    const Document& document = *proposal.document;
    const ImageUse& use = *proposal.use;
    const bool is_no_reference = proposal.move.outcome == Move::Outcome::refused &&
                                 proposal.move.refusal.kind == RefusalKind::invalid_reference;
    if (!is_no_reference || !document.part_of(use).is_foreign || use.role->function == Function::frontend)
      continue;
    proposal.move = {};
    for (const Trouble& trouble : document.troubles)
      if (trouble.kind == Trouble::Kind::remark && !trouble.hides_references && trouble.span == use.span &&
          told.insert(document.source).second)
        notes.push_back({{document.source, trouble.span}, trouble.message});
  }
}

}  // namespace imglint
