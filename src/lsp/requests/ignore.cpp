// Comments that silence a rule at one place.
#include <algorithm>
#include <set>

#include "base/printable.hpp"
#include "check/statement_lines.hpp"
#include "kinds/kind.hpp"
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
    if (!ours || suppression.is_about_all()) continue;
    if (view.source().position(suppression.span.end).line + 1 != line) continue;
    const std::uint32_t end = suppression.rules.back().span.end;
    return Edit{&view.source(), {end, end}, "," + std::string(rule)};
  }
  return std::nullopt;
}

/// What comments begin with; empty where there can be none. JSON has some in files for development containers
/// only.
std::string_view comment_sign(const View& view) {
  const Document& document = view.document();
  if (!document.source->path().ends_with(".json")) return "#";
  return document.kind->name == "devcontainer" ? "//" : "";
}

Edit new_comment(const View& view, std::uint32_t line, std::string_view rule) {
  const Source& source = view.source();
  const Span text = source.line(line);
  const std::uint32_t at = std::max(text.begin, source.text_begin());
  const std::string_view before = indentation(source.text({at, std::max(at, text.end)}));
  return {&source,
          {at, at},
          std::string(before)
              .append(comment_sign(view))
              .append(" imglint ignore=")
              .append(rule)
              .append(line_end_of(source))};
}

/// A comment above `# syntax=` would turn that into a comment as well.
Edit comment_for_file(const View& view, std::uint32_t line, std::string_view rule) {
  const Source& source = view.source();
  const std::uint32_t end = source.line(line).end;
  return {&source,
          {end, end},
          std::string(line_end_of(source))
              .append(comment_sign(view))
              .append(" imglint ignore-file=")
              .append(rule)};
}

bool is_at(const Finding& finding, std::string_view path, std::string_view rule) {
  return finding.rule == rule && is_in(finding, path);
}

/// How many findings there are, but for those that say that a comment wants a reason; and of one rule in one
/// file.
struct Counts {
  std::size_t all = 0;
  std::size_t of_rule = 0;

  void add(const Finding& finding, std::string_view path, std::string_view rule) {
    if (finding.rule != "unexplained-suppression") ++all;
    if (is_at(finding, path, rule)) ++of_rule;
  }
};

/// Whether the comment silences something and brings up nothing, but that it may want a reason.
bool works(const View& view, const Edit& edit, std::string_view rule) {
  EditSet set(view.source());
  if (set.add({edit})) return false;
  const std::string& path = view.open.path;
  Counts before, after;
  for (const Finding* finding : view.workspace.findings_beside(path)) before.add(*finding, path, rule);
  const JudgedRun run = view.workspace.judge_again(path, {{path, set.apply()}});
  for (const Finding& finding : run.findings) after.add(finding, path, rule);
  return after.all < before.all && after.of_rule < before.of_rule;
}

std::optional<Edit> silencing_edit(const View& view, const Finding& finding) {
  if (comment_sign(view).empty()) return std::nullopt;
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
  for (const Finding* found : findings_at(view, range)) {
    const Finding& finding = *found;
    if (done.size() == most_actions || !done.insert(finding.rule).second) continue;
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
