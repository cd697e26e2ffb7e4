// Which comments are about a place: asked for each finding, so that neither many comments nor many findings
// of one place may cost more than once.
#include <algorithm>
#include <iterator>
#include <utility>

#include "check/suppression_index.hpp"
#include "kinds/kind.hpp"

namespace imglint {

/// Comments above the statement or above the very line of the place, or, in YAML, behind it.
std::vector<SuppressionIndex::Group*> SuppressionIndex::lines_at(Entry& entry, Span place) {
  std::vector<Group*> found;
  const auto add_line = [&](Lines& lines, std::uint32_t line) {
    if (const auto at = lines.find(line); at != lines.end()) found.push_back(&at->second);
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
  return found;
}

/// Index of the smallest range that holds a place; -1 if none does.
std::int32_t SuppressionIndex::range_at(const Entry& entry, std::uint32_t offset) {
  const auto next =
      std::upper_bound(entry.ranges.begin(), entry.ranges.end(), offset,
                       [](std::uint32_t place, const Range& range) { return place < range.span.begin; });
  auto at = static_cast<std::int32_t>(next - entry.ranges.begin()) - 1;
  while (at >= 0 && entry.ranges[static_cast<std::size_t>(at)].span.end <= offset)
    at = entry.ranges[static_cast<std::size_t>(at)].behind;
  return at;
}

std::vector<SuppressionIndex::Entry*> SuppressionIndex::entries_for(Entries& entries, std::string_view rule) {
  std::vector<Entry*> found;
  for (const std::string_view name : {rule, std::string_view("*")})
    if (const auto entry = entries.find(name); entry != entries.end()) found.push_back(&entry->second);
  return found;
}

void SuppressionIndex::mark(Group& comments, bool locked) {
  bool& is_done = locked ? comments.refused : comments.used;
  if (is_done) return;
  is_done = true;
  for (const std::size_t index : comments.indices)
    (locked ? rules_[index].refused : rules_[index].used) = true;
}

/// Marks a range and those around it that hold a place, up to where all are marked.
void SuppressionIndex::mark_ranges(Entry& entry, std::int32_t at, std::uint32_t offset, bool locked) {
  const auto range_of = [&](std::int32_t index) -> Range& {
    return entry.ranges[static_cast<std::size_t>(index)];
  };
  bool Range::*const is_done = locked ? &Range::refused : &Range::used;
  bool SuppressedRule::*const is_marked = locked ? &SuppressedRule::refused : &SuppressedRule::used;
  std::vector<Range*> seen;
  for (; at >= 0 && !(range_of(at).*is_done); at = range_of(at).around) {
    seen.push_back(&range_of(at));
    if (offset < seen.back()->span.end) rules_[seen.back()->index].*is_marked = true;
  }
  std::ranges::reverse(seen);
  for (Range* range : seen)
    range->*is_done =
        rules_[range->index].*is_marked && (range->around < 0 || range_of(range->around).*is_done);
}

/// A comment about all rules does not silence what is said of itself: nobody would learn that it is unused.
bool SuppressionIndex::is_about_itself(const Group& comments, Span place) const {
  return std::ranges::all_of(comments.indices, [&](std::size_t index) {
    const Suppression& comment = *rules_[index].suppression;
    return comment.is_about_all() && place.begin >= comment.span.begin && place.end <= comment.span.end;
  });
}

bool SuppressionIndex::silences(std::string_view rule, Span place) {
  if (entries_.empty()) return false;
  const bool locked = policy_->settings(rule).locked;
  bool found = false;
  for (Entry* entry : entries_for(entries_, rule)) {
    std::vector<Group*> groups = lines_at(*entry, place);
    if (!entry->file.indices.empty()) groups.push_back(&entry->file);
    std::erase_if(groups, [&](const Group* comments) { return is_about_itself(*comments, place); });
    const std::int32_t at = range_at(*entry, place.begin);
    found = found || !groups.empty() || at >= 0;
    for (Group* comments : groups) mark(*comments, locked);
    mark_ranges(*entry, at, place.begin, locked);
  }
  return found && !locked;
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
      for (const Entry* entry : entries_for(entries_, rule))
        for (std::int32_t at = range_at(*entry, owner->name_span.begin); at >= 0;) {
          const Range& range = entry->ranges[static_cast<std::size_t>(at)];
          found.push_back(range.index);
          at = range.around;
        }
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
  for (Entry* entry : entries_for(above_, rule))
    for (std::int32_t at = range_at(*entry, place.begin); at >= 0;) {
      Range& range = entry->ranges[static_cast<std::size_t>(at)];
      if (std::exchange(range.used, true)) break;  // and so are all around it
      SuppressedRule& comment = rules_[range.index];
      if (comment.misplaced == SuppressedRule::Misplaced::no) {
        comment.misplaced = SuppressedRule::Misplaced::above;
        comment.reported = place.begin;
      }
      at = range.around;
    }
}

/// Of several the one that is about least, and of those the nearest.
const Suppression* SuppressionIndex::nearest_of(Entries& entries, std::string_view rule, Span place) {
  if (entries.empty() || policy_->settings(rule).locked) return nullptr;
  const Suppression* nearest = nullptr;
  const auto rank = [&](const Suppression& comment) {
    const auto [low, high] = std::minmax({comment.span.begin, place.begin});
    return std::pair(comment.scope, high - low);
  };
  const auto consider = [&](std::size_t index) {
    const Suppression& comment = *rules_[index].suppression;
    if (!nearest || rank(comment) < rank(*nearest)) nearest = &comment;
  };
  for (Entry* entry : entries_for(entries, rule)) {
    for (const Group* group : lines_at(*entry, place))
      for (const std::size_t index : group->indices) consider(index);
    if (const std::int32_t at = range_at(*entry, place.begin); at >= 0)
      consider(entry->ranges[static_cast<std::size_t>(at)].index);
    // In the order of the file, of which there may be many.
    const Indices& file = entry->file.indices;
    const auto behind = std::ranges::lower_bound(
        file, place.begin, {}, [&](std::size_t index) { return rules_[index].suppression->span.begin; });
    if (behind != file.end()) consider(*behind);
    if (behind != file.begin()) consider(*std::prev(behind));
  }
  return nearest;
}

const Suppression* SuppressionIndex::ended_at(std::string_view rule, Span place) {
  return nearest_of(ended_, rule, place);
}

const Suppression* SuppressionIndex::unheard_at(std::string_view rule, Span place) {
  return policy_->compat_is_said ? nullptr : nearest_of(unheard_, rule, place);
}

}  // namespace imglint
