#include "lsp/requests/fixes.hpp"

#include <algorithm>

#include "base/printable.hpp"
#include "check/fix.hpp"
#include "kinds/kind.hpp"
#include "lsp/requests/diagnostics.hpp"

namespace imglint::lsp {
namespace {

/// Whether the edits keep the YAML files among them what they are.
bool is_sound(const Fix& fix, const Workspace& workspace) {
  std::vector<const Source*> sources;
  for (const Edit& edit : fix.edits)
    if (std::find(sources.begin(), sources.end(), edit.source) == sources.end())
      sources.push_back(edit.source);
  for (const Source* source : sources) {
    EditSet set(*source);
    for (const Edit& edit : fix.edits)
      if (edit.source == source && set.add({edit})) return false;
    const ProjectFile* file = workspace.file(source->path());
    if (!file) continue;
    const auto prove = file->document->kind->prove;
    if (prove && !prove(set)) return false;
  }
  return true;
}

}  // namespace

std::vector<CodeAction> quick_fixes(const View& view, const Range& range) {
  std::vector<CodeAction> actions;
  for (const Finding* found : findings_at(view, range)) {
    const Finding& finding = *found;
    if (!finding.fix || finding.fix->edits.empty()) continue;
    const bool safe = finding.fix->safety == Safety::safe;
    if ((!safe && !view.settings.unsafe_fixes) || !is_sound(*finding.fix, view.workspace)) continue;
    actions.push_back({.title = printable(finding.fix->title),
                       .kind = "quickfix",
                       .diagnostics = {diagnostic_of(finding, view.settings, view.places)},
                       .preferred = safe,
                       .edit = view.places.workspace_edit(finding.fix->edits),
                       .command = Command{.title = printable(finding.fix->title),
                                          .name = "imglint.fix",
                                          .uri = view.open.uri,
                                          .position = view.places.range(finding.place).start,
                                          .rule = std::string(finding.rule)}});
  }
  return actions;
}

std::optional<WorkspaceEdit> fix_all(const View& view) {
  const std::string& path = view.open.path;
  const auto only_here = [&](JudgedRun run) {
    std::erase_if(run.findings, [&](const Finding& finding) {
      if (!is_in(finding, path) || !finding.fix) return true;
      return std::any_of(finding.fix->edits.begin(), finding.fix->edits.end(),
                         [&](const Edit& edit) { return edit.source->path() != path; });
    });
    return run;
  };
  const JudgedRun first = only_here(view.workspace.judge_again(path, {}));
  const FixResult result =
      fix_until_stable(first, Safety::safe, [&](const std::map<std::string, std::string>& changed) {
        return only_here(view.workspace.judge_again(path, changed));
      });
  for (const Revision& revision : result.revisions)
    if (revision.original().path() == path && !revision.edits().empty())
      return view.places.workspace_edit(revision.edits().edits());
  return std::nullopt;
}

}  // namespace imglint::lsp
