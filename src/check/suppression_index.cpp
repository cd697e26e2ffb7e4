#include "check/suppression_index.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/date.hpp"
#include "kinds/kind.hpp"
#include "policy/compat.hpp"

namespace imglint {
SuppressionIndex::SuppressionIndex(const Document& document, const Policy& policy,
                                   const std::set<std::uint32_t>* read_lines)
    : document_(&document),
      policy_(&policy),
      read_lines_(read_lines),
      lines_(document),
      suppressions_(read_suppressions(document)) {
  for (const Suppression& suppression : suppressions_) {
    const bool is_ours = suppression.tool == Suppression::Tool::imglint;
    if (!is_ours && suppression.is_about_all()) {
      add_all_of(suppression);
      continue;
    }
    for (std::uint32_t rule = 0; rule < suppression.rules.size(); ++rule) {
      const std::string_view name = suppression.rules[rule].name;
      if (is_ours) {
        add(suppression, rule, name);
      } else {
        for (const std::string_view ours : rules_for_foreign(name)) add(suppression, rule, ours);
      }
    }
  }
}

void SuppressionIndex::add_all_of(const Suppression& suppression) {
  for (const std::string_view ours : rules_for_linter(to_string(suppression.tool))) add(suppression, 0, ours);
}

/// dclint reads `disable` only before the first content of the file.
bool SuppressionIndex::stands_on_top(const Comment& comment) {
  const Source& source = *document_->source;
  std::uint32_t content = lines_.next_line(0);
  if (content != 0 && source.text(source.line(content)) == "---") content = lines_.next_line(content);
  return content == 0 || source.position(comment.span.begin).line < content;
}

/// A directive of BuildKit stands on top, below none but others.
bool SuppressionIndex::is_directive(const Comment& comment) const {
  const Source& source = *document_->source;
  if (!comment.own_line || !document_->part_of(comment).has_stages) return false;
  for (std::uint32_t line = source.position(comment.span.begin).line - 1; line > 0; --line) {
    const std::string_view text = trimmed(lines_.line(line));
    // Above a dockerfile_inline stands its key.
    if (!text.starts_with('#')) return document_->part_of(comment).nested;
    if (text.find('=') == text.npos) return false;
  }
  return true;
}

bool SuppressionIndex::is_heard(const Suppression& suppression) const {
  return suppression.tool == Suppression::Tool::imglint || policy_->compat;
}

/// Whether a comment has an effect if it is heard.
bool SuppressionIndex::would_count(const Suppression& suppression) {
  using Tool = Suppression::Tool;
  const Comment& comment = *suppression.comment;
  if (suppression.faulty) return false;
  if (suppression.tool == Tool::dclint && suppression.scope == Suppression::Scope::file)
    return stands_on_top(comment);
  if (suppression.tool == Tool::buildkit) return is_directive(comment);
  if (suppression.tool == Tool::checkov) return document_->part_of(comment).has_stages;
  if (!suppression.has_until) return true;
  return is_date(suppression.until) && suppression.until >= policy_->as_of;
}

bool SuppressionIndex::has_ended(const Suppression& suppression) const {
  if (suppression.faulty || !suppression.has_until || !is_date(suppression.until)) return false;
  return is_heard(suppression) && suppression.until < policy_->as_of;
}

/// What is above no value is for nobody, and nothing can be told of the values as a whole.
bool SuppressionIndex::is_for_run(const Suppression& suppression) {
  if (is_about_overridden(suppression)) return false;
  if (read_lines_ == nullptr || suppression.scope == Suppression::Scope::stage) return true;
  if (suppression.scope == Suppression::Scope::file) return false;
  const std::uint32_t line = silenced_line(suppression);
  return line == 0 || read_lines_->contains(line);
}

/// Whether other files of the project replace all references that a comment is about: whoever runs docker
/// compose without those files has them, and needs the comment.
bool SuppressionIndex::is_about_overridden(const Suppression& suppression) {
  if (!document_->project || suppression.scope != Suppression::Scope::line) return false;
  const std::uint32_t line = silenced_line(suppression);
  if (line == 0) return false;
  Span about = document_->source->line(line);
  if (suppression.comment->own_line)
    if (const Span begun = begun_at(suppression, line); !begun.empty()) about = begun;
  bool any = false;
  auto use = std::ranges::lower_bound(document_->uses, about.begin, {},
                                      [](const ImageUse& each) { return each.span.begin; });
  for (; use != document_->uses.end() && use->span.begin < about.end; ++use) {
    if (use->active) return false;
    any = any || use->path.starts_with("services.");
  }
  return any;
}

void SuppressionIndex::add(const Suppression& suppression, std::uint32_t rule, std::string_view our_rule) {
  const std::size_t index = rules_.size();
  const bool counts = would_count(suppression), heard = is_heard(suppression);
  rules_.push_back({.suppression = &suppression,
                    .rule = rule,
                    .idle = !counts || !heard,
                    .is_for_run = is_for_run(suppression)});
  const bool ended = has_ended(suppression);
  if (!ended && !counts) return;
  Entry& entry = (ended ? ended_ : heard ? entries_ : unheard_)[our_rule];
  switch (suppression.scope) {
    case Suppression::Scope::file:
      entry.file.push_back(index);
      break;
    case Suppression::Scope::stage:
      add_range(entry,
                suppression.tool == Suppression::Tool::hadolint ? stage_of_hadolint(suppression)
                                                                : stage_after(suppression),
                index);
      break;
    case Suppression::Scope::line:
      add_line(entry, suppression, index);
      break;
  }
}

void SuppressionIndex::add_range(Entry& entry, Span span, std::size_t index) {
  if (!entry.ranges.empty()) span.begin = std::max(span.begin, entry.ranges.back().span.begin);
  if (span.begin >= span.end) return;
  auto around = static_cast<std::int32_t>(entry.ranges.size()) - 1;
  while (around >= 0 && entry.ranges[static_cast<std::size_t>(around)].span.end <= span.begin)
    around = entry.ranges[static_cast<std::size_t>(around)].around;
  entry.ranges.push_back({span, index, around});
}

void SuppressionIndex::add_line(Entry& entry, const Suppression& suppression, std::size_t index) {
  const std::uint32_t line = silenced_line(suppression);
  if (line == 0) return;
  (document_->part_of(*suppression.comment).nested ? entry.inlined_lines : entry.lines)[line].push_back(
      index);
  if (suppression.tool != Suppression::Tool::imglint || !suppression.comment->own_line) return;
  const Span begun = begun_at(suppression, line);
  add_range(entry, begun, index);
  if (begun.empty() && !rules_[index].idle)
    add_range(above_[rules_[index].written().name], below(suppression, line), index);
}

/// Of a comment about a line of YAML without a reference: what stands below that line, or, on top of the
/// file, all of it. People mean that, though it is about the line alone.
Span SuppressionIndex::below(const Suppression& suppression, std::uint32_t line) {
  const Part& part = document_->part_of(*suppression.comment);
  if (part.nested || !document_->kind->is_yaml) return {};
  const Source& source = *document_->source;
  const Span own = source.line(line);
  const auto use = std::ranges::lower_bound(document_->uses, own.begin, {},
                                            [](const ImageUse& each) { return each.span.begin; });
  if (use != document_->uses.end() && use->span.begin < own.end) return {};
  if (stands_on_top(*suppression.comment)) return {0, static_cast<std::uint32_t>(source.bytes().size())};
  if (below_.first != line) below_ = {line, {own.begin, lines_.block_end(line)}};
  return below_.second;
}

/// The line that a comment is about. Linters that look at the very next line alone are taken at their word.
std::uint32_t SuppressionIndex::silenced_line(const Suppression& suppression) {
  using Tool = Suppression::Tool;
  const Comment& comment = *suppression.comment;
  // One of several lines stands above what follows its last.
  const std::uint32_t own =
      document_->source->position(comment.own_line ? comment.span.end : comment.span.begin).line;
  if (!comment.own_line) return own;
  const std::uint32_t next = lines_.next_line(own);
  const bool is_strict = suppression.tool == Tool::hadolint || suppression.tool == Tool::kics ||
                         suppression.tool == Tool::semgrep;
  return is_strict && next != own + 1 ? 0 : next;
}

/// From the FROM that follows the comment up to the next one, or to where the Dockerfile ends.
Span SuppressionIndex::stage_after(const Suppression& suppression) const {
  const Comment& comment = *suppression.comment;
  if (!document_->part_of(comment).has_stages) return {};
  const auto& stages = document_->stages;
  const auto after = std::lower_bound(
      stages.begin(), stages.end(), comment.span.end,
      [](const Stage& stage, std::uint32_t offset) { return stage.instruction.begin < offset; });
  if (after == stages.end()) return {};
  return stage_range(static_cast<std::size_t>(after - stages.begin()), document_->part_of(comment).nested);
}

/// hadolint's comment is about the stage whose FROM stands right below it, elsewhere about the rest of the
/// stage that it stands in.
Span SuppressionIndex::stage_of_hadolint(const Suppression& suppression) const {
  const Source& source = *document_->source;
  const Comment& comment = *suppression.comment;
  const Span after = stage_after(suppression);
  const std::uint32_t own = source.position(comment.span.begin).line;
  if (!after.empty() && source.position(after.begin).line == own + 1) return after;
  const auto& stages = document_->stages;
  if (stages.empty() || stages.front().instruction.begin > comment.span.begin) return {};
  return {comment.span.end, after.empty() ? static_cast<std::uint32_t>(source.bytes().size()) : after.begin};
}

Span SuppressionIndex::stage_range(std::size_t stage, bool nested) const {
  const auto& stages = document_->stages;
  const std::uint32_t begin = stages[stage].instruction.begin;
  auto end = static_cast<std::uint32_t>(document_->source->bytes().size());
  if (stage + 1 < stages.size()) end = stages[stage + 1].instruction.begin;
  if (!nested) return {begin, end};
  // Behind an inlined Dockerfile the compose file goes on.
  const auto& uses = document_->uses;
  auto use =
      std::lower_bound(uses.begin(), uses.end(), begin,
                       [](const ImageUse& item, std::uint32_t offset) { return item.span.begin < offset; });
  while (use != uses.end() && document_->part_of(*use).nested && use->span.begin < end) ++use;
  return {begin, use == uses.end() ? end : std::min(end, use->span.begin)};
}

/// What begins on the line that a comment is about; empty if it is no more than the line.
Span SuppressionIndex::begun_at(const Suppression& suppression, std::uint32_t line) {
  if (document_->source->text(suppression.comment->span).starts_with("<!--")) return lines_.fence_at(line);
  const Span owner = owner_at(line);
  const Part& part = document_->part_of(*suppression.comment);
  if (!owner.empty() || part.nested || !part.kind->is_yaml) return owner;
  if (part.kind->has_objects && lines_.begins_document(line))
    return {document_->source->line(line).begin, lines_.document_end(line)};
  // Where nobody tells who has references, as in pipelines, every block counts: a job, a step.
  const auto is_told = [](const Owner& each) { return each.stage < 0; };
  if (std::ranges::any_of(document_->owners, is_told) || lines_.is_group(line)) return {};
  return {document_->source->line(line).begin, lines_.block_end(line)};
}

/// The stage, service or target that begins on a line; empty if none does.
Span SuppressionIndex::owner_at(std::uint32_t line) {
  const Source& source = *document_->source;
  if (owners_.empty())
    for (std::size_t index = 0; index < document_->owners.size(); ++index) {
      const Owner& owner = document_->owners[index];
      const std::uint32_t begin =
          owner.stage >= 0 ? document_->stages[static_cast<std::size_t>(owner.stage)].instruction.begin
                           : owner.name_span.begin;
      owners_.emplace(source.position(begin).line, index);
    }
  const auto found = owners_.find(line);
  if (found == owners_.end()) return {};
  const Owner& owner = document_->owners[found->second];
  if (owner.stage >= 0)
    return stage_range(static_cast<std::size_t>(owner.stage), !document_->file_part().has_stages);
  return {source.line(line).begin, lines_.block_end(line)};
}

/// Comments above the statement or above the very line of the place, or, in YAML, behind it.
void SuppressionIndex::find_lines(const Entry& entry, Span place, Indices& found) {
  const auto add_line = [&](const std::map<std::uint32_t, Indices>& lines, std::uint32_t line) {
    if (const auto at = lines.find(line); at != lines.end())
      found.insert(found.end(), at->second.begin(), at->second.end());
  };
  const std::uint32_t own = document_->source->position(place.begin).line;
  const bool has_stages = document_->file_part().has_stages;
  if (!entry.lines.empty()) {
    const std::uint32_t first =
        has_stages ? lines_.instruction_line(place.begin) : lines_.key_line(place.begin);
    const std::uint32_t last = document_->source->position(place.end).line;
    add_line(entry.lines, own);
    if (first != own) add_line(entry.lines, first);
    if (last != own && last != first && document_->kind->comments_behind) add_line(entry.lines, last);
  }
  if (!entry.inlined_lines.empty()) {
    const std::uint32_t first = lines_.instruction_line(place.begin);
    add_line(entry.inlined_lines, own);
    if (first != own) add_line(entry.inlined_lines, first);
  }
}

void SuppressionIndex::find_ranges(const Entry& entry, Span place, Indices& found) {
  const auto behind =
      std::upper_bound(entry.ranges.begin(), entry.ranges.end(), place.begin,
                       [](std::uint32_t offset, const Range& range) { return offset < range.span.begin; });
  auto at = static_cast<std::int32_t>(behind - entry.ranges.begin()) - 1;
  for (; at >= 0; at = entry.ranges[static_cast<std::size_t>(at)].around) {
    const Range& range = entry.ranges[static_cast<std::size_t>(at)];
    if (place.begin < range.span.end) found.push_back(range.index);
  }
}

SuppressionIndex::Indices SuppressionIndex::found_in(const Entries& entries, std::string_view rule,
                                                     Span place) {
  Indices found;
  for (const std::string_view name : {rule, std::string_view("*")}) {
    const auto entry = entries.find(name);
    if (entry == entries.end()) continue;
    found.insert(found.end(), entry->second.file.begin(), entry->second.file.end());
    find_lines(entry->second, place, found);
    find_ranges(entry->second, place, found);
  }
  return found;
}

bool SuppressionIndex::silences(std::string_view rule, Span place) {
  const Indices found = found_in(entries_, rule, place);
  if (found.empty()) return false;
  const bool locked = policy_->settings(rule).locked;
  for (const std::size_t index : found) (locked ? rules_[index].refused : rules_[index].used) = true;
  return !locked;
}

/// The use that a place is part of; null without one.
const ImageUse* SuppressionIndex::use_around(Span place) const {
  const auto& uses = document_->uses;
  const auto after =
      std::ranges::upper_bound(uses, place.begin, {}, [](const ImageUse& use) { return use.span.begin; });
  if (after == uses.begin() || std::prev(after)->span.end < place.end) return nullptr;
  return &*std::prev(after);
}

bool SuppressionIndex::silences_for_users(std::string_view rule, Span place) {
  if (!entries_.contains(rule) && !entries_.contains("*")) return false;
  const ImageUse* use = use_around(place);
  if (use == nullptr || use->aliases.empty()) return false;
  // What a service holds itself is covered where its own comment stands.
  bool all = !use->path.starts_with("services.");
  Indices found;
  for (const Alias& alias : use->aliases) {
    const std::size_t before = found.size();
    if (const Owner* owner = document_->owner(alias.owner))
      for (const std::string_view name : {rule, std::string_view("*")})
        if (const auto entry = entries_.find(name); entry != entries_.end())
          find_ranges(entry->second, owner->name_span, found);
    all = all && found.size() > before;
  }
  const bool locked = policy_->settings(rule).locked;
  for (const std::size_t index : found) {
    SuppressedRule& comment = rules_[index];
    if (all) {
      (locked ? comment.refused : comment.used) = true;
    } else {
      comment.misplaced = SuppressedRule::Misplaced::shared;
      comment.reported = place.begin;
    }
  }
  return all && !locked;
}

void SuppressionIndex::tell_left(std::string_view rule, Span place) {
  if (above_.empty() || policy_->settings(rule).locked) return;
  Indices found;
  for (const std::string_view name : {rule, std::string_view("*")})
    if (const auto entry = above_.find(name); entry != above_.end()) find_ranges(entry->second, place, found);
  for (const std::size_t index : found) {
    SuppressedRule& comment = rules_[index];
    if (comment.misplaced != SuppressedRule::Misplaced::no) continue;
    comment.misplaced = SuppressedRule::Misplaced::above;
    comment.reported = place.begin;
  }
}

/// Of several the one that is about least, and of those the nearest.
const Suppression* SuppressionIndex::nearest_of(const Entries& entries, std::string_view rule, Span place) {
  if (entries.empty() || policy_->settings(rule).locked) return nullptr;
  const Indices found = found_in(entries, rule, place);
  const auto nearness = [&](std::size_t index) {
    const Suppression& comment = *rules_[index].suppression;
    const auto [low, high] = std::minmax({comment.span.begin, place.begin});
    return std::pair(comment.scope, high - low);
  };
  const auto nearest = std::ranges::min_element(found, {}, nearness);
  return nearest == found.end() ? nullptr : rules_[*nearest].suppression;
}

const Suppression* SuppressionIndex::ended_at(std::string_view rule, Span place) {
  return nearest_of(ended_, rule, place);
}

const Suppression* SuppressionIndex::unheard_at(std::string_view rule, Span place) {
  return policy_->compat_is_said ? nullptr : nearest_of(unheard_, rule, place);
}

}  // namespace imglint
