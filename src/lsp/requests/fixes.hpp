// Fixes in the editor: those of findings one by one, all safe ones of a file, and comments that silence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lsp/protocol.hpp"
#include "lsp/view.hpp"

namespace imglint::lsp {

/// The fixes of the findings at a range (findings_at()), the safe ones preferred.
[[nodiscard]] std::vector<CodeAction> quick_fixes(const View& view, const Range& range);

/// What `check --fix` would do to this file, where it stands alone in its edits; nothing if that is nothing.
[[nodiscard]] std::optional<WorkspaceEdit> fix_all(const View& view);

/// For each rule with a finding at a range: a comment above it that silences the rule there. Only such as do
/// so.
[[nodiscard]] std::vector<CodeAction> ignore_actions(const View& view, const Range& range);

}  // namespace imglint::lsp
