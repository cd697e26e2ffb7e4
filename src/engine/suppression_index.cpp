#include "engine/suppression_index.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "policy/compat.hpp"

namespace imglint {
namespace {

/// dclint reads `disable` only before the first content of the file.
bool stands_on_top(const Document& document, const Comment& comment) {
  const Source& source = *document.source;
  const std::uint32_t own = source.position(comment.span.begin).line;
  for (std::uint32_t number = 1; number < own; ++number) {
    std::string_view line = source.text(source.line(number));
    if (number == 1) line.remove_prefix(source.text_begin());
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.empty() && line.front() != '#' && line != "---") return false;
  }
  return true;
}

}  // namespace

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

bool SuppressionIndex::counts(const Suppression& suppression) const {
  if (suppression.faulty) return false;
  if (suppression.tool != Suppression::Tool::imglint && !policy_->compat) return false;
  if (suppression.tool == Suppression::Tool::dclint && suppression.scope == Suppression::Scope::file)
    return stands_on_top(*document_, *suppression.comment);
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
        (suppression.comment->inlined ? entry.inlined_lines : entry.lines)[line].push_back(index);
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
  if (document_->dialect == Dialect::compose && !comment.inlined) return {};
  const auto& stages = document_->stages;
  const auto after = std::find_if(stages.begin(), stages.end(), [&](const Stage& stage) {
    return stage.instruction.begin >= comment.span.end;
  });
  if (after == stages.end()) return {};
  auto end = static_cast<std::uint32_t>(document_->source->bytes().size());
  if (std::next(after) != stages.end()) end = std::next(after)->instruction.begin;
  // Behind an inlined Dockerfile the compose file goes on.
  for (const ImageUse& use : document_->uses)
    if (comment.inlined && !use.inlined && use.span.begin >= after->instruction.end)
      end = std::min(end, use.span.begin);
  return {after->instruction.begin, end};
}

/// Comments above the statement or above the very line of the place, or, in YAML, behind it.
void SuppressionIndex::find_lines(const Entry& entry, Span place, Indices& found) {
  const auto add_line = [&](const std::map<std::uint32_t, Indices>& lines, std::uint32_t line) {
    if (const auto at = lines.find(line); at != lines.end())
      found.insert(found.end(), at->second.begin(), at->second.end());
  };
  const std::uint32_t own = document_->source->position(place.begin).line;
  const bool dockerfile = document_->dialect == Dialect::dockerfile;
  if (!entry.lines.empty()) {
    const std::uint32_t first = dockerfile ? lines_.instruction_line(place.begin) : lines_.key_line(place.begin);
    const std::uint32_t last = document_->source->position(place.end).line;
    add_line(entry.lines, own);
    if (first != own) add_line(entry.lines, first);
    if (last != own && last != first && !dockerfile) add_line(entry.lines, last);
  }
  if (!entry.inlined_lines.empty()) {
    const std::uint32_t first = lines_.instruction_line(place.begin);
    add_line(entry.inlined_lines, own);
    if (first != own) add_line(entry.inlined_lines, first);
  }
}

bool SuppressionIndex::silences(std::string_view rule, Span place) {
  const auto entry = entries_.find(rule);
  if (entry == entries_.end()) return false;
  Indices found = entry->second.file;
  find_lines(entry->second, place, found);
  for (const StageRange& stage : entry->second.stages)
    if (stage.span.begin <= place.begin && place.begin < stage.span.end) found.push_back(stage.index);
  const bool locked = policy_->settings(rule).locked;
  for (const std::size_t index : found) (locked ? rules_[index].refused : rules_[index].used) = true;
  return !found.empty() && !locked;
}

}  // namespace imglint
