// Comments that silence a rule at one place.
#include <algorithm>
#include <set>

#include "base/printable.hpp"
#include "check/statement_lines.hpp"
#include "kinds/suppression.hpp"
#include "lsp/requests/diagnostics.hpp"
#include "lsp/requests/fixes.hpp"

namespace imglint::lsp {
namespace {

/// Each is proved by judging again.
constexpr std::size_t most_actions = 8;

std::string_view line_end_of(const Source& source) {
  const auto end = source.bytes().find('\n');
  return end != std::string_view::npos && end > 0 && source.bytes()[end - 1] == '\r' ? "\r\n" : "\n";
}

std::string_view indentation(std::string_view line) {
  return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

/// Adds the rule to the comment on the line above, if there is one that names rules.
std::optional<Edit> longer_comment(const View& view, std::uint32_t line, std::string_view rule) {
  for (const Suppression& suppression : read_suppressions(view.document())) {
    const bool ours = suppression.tool == Suppression::Tool::imglint && !suppression.faulty &&
                      suppression.scope == Suppression::Scope::line && suppression.comment->own_line;
    if (!ours || suppression.rules.empty()) continue;
    if (view.source().position(suppression.span.begin).line + 1 != line) continue;
    const std::uint32_t end = suppression.rules.back().span.end;
    return Edit{&view.source(), {end, end}, "," + std::string(rule)};
  }
  return std::nullopt;
}

Edit new_comment(const View& view, std::uint32_t line, std::string_view rule) {
  const Source& source = view.source();
  const Span text = source.line(line);
  const std::uint32_t at = std::max(text.begin, source.text_begin());
  const std::string_view before = indentation(source.text({at, std::max(at, text.end)}));
  return {&source,
          {at, at},
          std::string(before).append("# imglint ignore=").append(rule).append(line_end_of(source))};
}

/// A comment above `# syntax=` would turn that into a comment as well.
Edit comment_for_file(const View& view, std::uint32_t line, std::string_view rule) {
  const Source& source = view.source();
  const std::uint32_t end = source.line(line).end;
  return {
      &source, {end, end}, std::string(line_end_of(source)).append("# imglint ignore-file=").append(rule)};
}

bool is_at(const Finding& finding, std::string_view path, std::string_view rule) {
  return finding.rule == rule && is_in(finding, path);
}

std::size_t count_of(std::span<const Finding> findings, std::string_view path, std::string_view rule) {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [&](const Finding& finding) { return is_at(finding, path, rule); }));
}

/// Whether the comment silences something and brings up nothing, but that it may want a reason.
bool works(const View& view, const Edit& edit, std::string_view rule) {
  EditSet set(view.source());
  if (set.add({edit})) return false;
  const auto& before = view.workspace.findings();
  const JudgedRun after = view.workspace.judge_again(view.open.path, {{view.open.path, set.apply()}});
  const auto others = [](std::span<const Finding> findings) {
    return std::count_if(findings.begin(), findings.end(),
                         [](const Finding& finding) { return finding.rule != "unexplained-suppression"; });
  };
  return others(after.findings) < others(before) &&
         count_of(after.findings, view.open.path, rule) < count_of(before, view.open.path, rule);
}

std::optional<Edit> silencing_edit(const View& view, const Finding& finding) {
  StatementLines lines(view.document());
  const std::uint32_t offset = finding.place.span.begin;
  const auto& uses = view.document().uses;
  const auto use = std::find_if(uses.begin(), uses.end(), [&](const ImageUse& one) {
    return one.part > 0 && one.span.contains(finding.place.span);
  });
  const Part& part = use == uses.end() ? view.document().file_part() : view.document().part_of(*use);
  const std::uint32_t line = part.has_stages ? lines.instruction_line(offset) : lines.key_line(offset);
  const std::string rule(finding.rule);
  for (const auto& edit : {longer_comment(view, line, rule), std::optional(new_comment(view, line, rule)),
                           std::optional(comment_for_file(view, line, rule))})
    if (edit && works(view, *edit, rule)) return edit;
  return std::nullopt;
}

}  // namespace

std::vector<CodeAction> ignore_actions(const View& view, const Range& range) {
  std::vector<CodeAction> actions;
  std::set<std::string_view> done;
  const Span wanted = view.places.map(view.source()).span(range);
  for (const Finding& finding : view.workspace.findings()) {
    const bool here = is_in(finding, view.open.path) && finding.place.span.begin <= wanted.end &&
                      wanted.begin <= finding.place.span.end;
    if (!here || done.size() == most_actions || !done.insert(finding.rule).second) continue;
    if (view.workspace.policy(view.open.path).settings(finding.rule).locked) continue;
    const auto edit = silencing_edit(view, finding);
    if (!edit) continue;
    const std::string title = "ignore " + std::string(finding.rule) + " here";
    actions.push_back({.title = title,
                       .kind = "quickfix",
                       .diagnostics = {diagnostic_of(finding, view.settings, view.places)},
                       .edit = view.places.workspace_edit({*edit}),
                       .command = Command{.title = title,
                                          .name = "imglint.ignore",
                                          .uri = view.open.uri,
                                          .position = view.places.range(finding.place).start,
                                          .rule = std::string(finding.rule)}});
  }
  return actions;
}

}  // namespace imglint::lsp
