#include "check/suppression_index.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "kinds/kind.hpp"
#include "policy/compat.hpp"

namespace imglint {
SuppressionIndex::SuppressionIndex(const Document& document, const Policy& policy)
    : document_(&document), policy_(&policy), lines_(document), suppressions_(read_suppressions(document)) {
  for (const Suppression& suppression : suppressions_) {
    if (suppression.tool == Suppression::Tool::dclint && suppression.rules.empty()) {
      add_dclint(suppression);
      continue;
    }
    for (std::uint32_t rule = 0; rule < suppression.rules.size(); ++rule) {
      const std::string_view name = suppression.rules[rule].name;
      if (suppression.tool == Suppression::Tool::imglint) {
        add(suppression, rule, name);
      } else {
        for (const std::string_view ours : rules_for_foreign(name)) add(suppression, rule, ours);
      }
    }
  }
}

void SuppressionIndex::add_dclint(const Suppression& suppression) {
  for (const std::string_view ours : rules_for_dclint()) add(suppression, 0, ours);
}

/// dclint reads `disable` only before the first content of the file.
bool SuppressionIndex::stands_on_top(const Comment& comment) {
  const Source& source = *document_->source;
  std::uint32_t content = lines_.next_line(0);
  if (content != 0 && source.text(source.line(content)) == "---") content = lines_.next_line(content);
  return content == 0 || source.position(comment.span.begin).line < content;
}

bool SuppressionIndex::counts(const Suppression& suppression) {
  if (suppression.faulty) return false;
  if (suppression.tool != Suppression::Tool::imglint && !policy_->compat) return false;
  if (suppression.tool == Suppression::Tool::dclint && suppression.scope == Suppression::Scope::file)
    return stands_on_top(*suppression.comment);
  if (!suppression.has_until) return true;
  return is_date(suppression.until) && suppression.until >= policy_->as_of;
}

void SuppressionIndex::add(const Suppression& suppression, std::uint32_t rule, std::string_view our_rule) {
  const std::size_t index = rules_.size();
  rules_.push_back({.suppression = &suppression, .rule = rule, .idle = !counts(suppression)});
  if (rules_.back().idle) return;
  Entry& entry = entries_[our_rule];
  switch (suppression.scope) {
    case Suppression::Scope::file:
      entry.file.push_back(index);
      break;
    case Suppression::Scope::stage:
      if (const Span stage = stage_after(suppression); !stage.empty()) entry.stages.push_back({stage, index});
      break;
    case Suppression::Scope::line:
      if (const std::uint32_t line = silenced_line(suppression); line != 0)
        (document_->part_of(*suppression.comment).nested ? entry.inlined_lines : entry.lines)[line].push_back(
            index);
      break;
  }
}

std::uint32_t SuppressionIndex::silenced_line(const Suppression& suppression) {
  const std::uint32_t own = document_->source->position(suppression.comment->span.begin).line;
  return suppression.comment->own_line ? lines_.next_line(own) : own;
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
  const std::uint32_t begin = after->instruction.begin;
  auto end = static_cast<std::uint32_t>(document_->source->bytes().size());
  if (std::next(after) != stages.end()) end = std::next(after)->instruction.begin;
  if (!document_->part_of(comment).nested) return {begin, end};
  // Behind an inlined Dockerfile the compose file goes on.
  const auto& uses = document_->uses;
  auto use =
      std::lower_bound(uses.begin(), uses.end(), begin,
                       [](const ImageUse& item, std::uint32_t offset) { return item.span.begin < offset; });
  while (use != uses.end() && document_->part_of(*use).nested && use->span.begin < end) ++use;
  return {begin, use == uses.end() ? end : std::min(end, use->span.begin)};
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

/// The ranges of one rule are sorted and either apart or the same.
void SuppressionIndex::find_stages(const Entry& entry, Span place, Indices& found) {
  auto stage = std::upper_bound(
      entry.stages.begin(), entry.stages.end(), place.begin,
      [](std::uint32_t offset, const StageRange& range) { return offset < range.span.begin; });
  while (stage != entry.stages.begin()) {
    --stage;
    if (place.begin >= stage->span.end) return;
    found.push_back(stage->index);
  }
}

bool SuppressionIndex::silences(std::string_view rule, Span place) {
  const auto entry = entries_.find(rule);
  if (entry == entries_.end()) return false;
  Indices found = entry->second.file;
  find_lines(entry->second, place, found);
  find_stages(entry->second, place, found);
  const bool locked = policy_->settings(rule).locked;
  for (const std::size_t index : found) (locked ? rules_[index].refused : rules_[index].used) = true;
  return !found.empty() && !locked;
}

}  // namespace imglint
