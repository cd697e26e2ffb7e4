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
      entry.file.indices.push_back(index);
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
  std::vector<Range>& ranges = entry.ranges;
  if (!ranges.empty()) span.begin = std::max(span.begin, ranges.back().span.begin);
  if (span.begin >= span.end) return;
  const std::int32_t around = range_at(entry, span.begin);
  const Range* outer = around < 0 ? nullptr : &ranges[static_cast<std::size_t>(around)];
  const std::int32_t behind = outer && outer->span.end == span.end ? outer->behind : around;
  ranges.push_back({.span = span, .index = index, .around = around, .behind = behind});
}

void SuppressionIndex::add_line(Entry& entry, const Suppression& suppression, std::size_t index) {
  const std::uint32_t line = silenced_line(suppression);
  if (line == 0) return;
  Lines& lines = document_->part_of(*suppression.comment).nested ? entry.inlined_lines : entry.lines;
  lines[line].indices.push_back(index);
  if (suppression.tool == Suppression::Tool::imglint && suppression.comment->own_line)
    add_range(entry, begun_at(suppression, line), index);
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

bool SuppressionIndex::silences(std::string_view rule, Span place) {
  if (entries_.empty()) return false;
  const bool locked = policy_->settings(rule).locked;
  bool found = false;
  for (Entry* entry : entries_for(entries_, rule)) {
    std::vector<Group*> groups = lines_at(*entry, place);
    if (!entry->file.indices.empty()) groups.push_back(&entry->file);
    const std::int32_t at = range_at(*entry, place.begin);
    found = found || !groups.empty() || at >= 0;
    for (Group* comments : groups) mark(*comments, locked);
    mark_ranges(*entry, at, place.begin, locked);
  }
  return found && !locked;
}

const Suppression* SuppressionIndex::first_of(Entries& entries, std::string_view rule, Span place) {
  if (entries.empty() || policy_->settings(rule).locked) return nullptr;
  for (Entry* entry : entries_for(entries, rule)) {
    if (!entry->file.indices.empty()) return rules_[entry->file.indices.front()].suppression;
    if (const std::vector<Group*> lines = lines_at(*entry, place); !lines.empty())
      return rules_[lines.front()->indices.front()].suppression;
    if (const std::int32_t at = range_at(*entry, place.begin); at >= 0)
      return rules_[entry->ranges[static_cast<std::size_t>(at)].index].suppression;
  }
  return nullptr;
}

const Suppression* SuppressionIndex::ended_at(std::string_view rule, Span place) {
  return first_of(ended_, rule, place);
}

const Suppression* SuppressionIndex::unheard_at(std::string_view rule, Span place) {
  return policy_->compat_is_said ? nullptr : first_of(unheard_, rule, place);
}

}  // namespace imglint
