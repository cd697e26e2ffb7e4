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
  if (suppression.tool != Suppression::Tool::imglint) return;
  const Span begun = suppression.comment->own_line ? begun_at(suppression, line) : Span();
  add_range(entry, begun, index);
  if (begun.empty() && !rules_[index].idle)
    add_range(above_[rules_[index].written().name], below(suppression, line), index);
}

/// Of a comment about a line without a reference: what stands below that line of YAML, or, on top of the
/// file, all of it; the target that begins there; the rest of a stage, and before the stages the first FROM.
/// People mean that, though it is about the line alone.
Span SuppressionIndex::below(const Suppression& suppression, std::uint32_t line) {
  const Part& part = document_->part_of(*suppression.comment);
  if (part.nested) return {};
  const Source& source = *document_->source;
  const Span own = source.line(line);
  const auto use = std::ranges::lower_bound(document_->uses, own.begin, {},
                                            [](const ImageUse& each) { return each.span.begin; });
  if (use != document_->uses.end() && use->span.begin < own.end) return {};
  if (part.has_stages) {
    const bool has_use = use != document_->uses.end() && lines_.instruction_line(use->span.begin) == line;
    return has_use ? Span() : rest_of_stage(own.begin);
  }
  if (!document_->kind->is_yaml) return suppression.comment->own_line ? Span() : owner_at(line);
  if (stands_on_top(*suppression.comment)) return {0, static_cast<std::uint32_t>(source.bytes().size())};
  if (below_.first != line) below_ = {line, {own.begin, lines_.block_end(line)}};
  return below_.second;
}

/// From a place in a Dockerfile to the next FROM, or, where none stands before it, to the end of the first.
Span SuppressionIndex::rest_of_stage(std::uint32_t begin) const {
  const auto& stages = document_->stages;
  const auto next =
      std::ranges::lower_bound(stages, begin, {}, [](const Stage& stage) { return stage.instruction.begin; });
  if (next == stages.end()) return {begin, static_cast<std::uint32_t>(document_->source->bytes().size())};
  return {begin, next == stages.begin() ? next->instruction.end : next->instruction.begin};
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
  return rest_of_stage(comment.span.end);
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

}  // namespace imglint
