// What follows from the kinds of file: `imglint kinds`, docs/kinds.md, and the choice of files by hooks and
// editors.
#pragma once

#include <span>
#include <string>

#include "kinds/kind.hpp"

namespace imglint {

using Kinds = std::span<const KindInfo* const>;

/// A line for each kind.
void write_kinds_table(Kinds kinds, std::string& out);
/// All of docs/kinds.md.
void write_kinds_markdown(Kinds kinds, std::string& out);
/// An array of objects.
void write_kinds_json(Kinds kinds, std::string& out);

/// Regular expressions for the paths that a walk takes by name and `.env`, which stands for the compose files
/// beside it, and for those among them that it does not;
/// for `files` and `exclude` of .pre-commit-hooks.yaml.
[[nodiscard]] std::string hook_files(Kinds kinds);
[[nodiscard]] std::string hook_exclude(Kinds kinds);

/// editors/vscode/src/selectors.ts: the languages and names for which the extension asks the server.
void write_vscode_selectors(Kinds kinds, std::string& out);

/// The same as the tables `languages` and `names` of editors/neovim/imglint.lua; names are regular
/// expressions of Vim for whole paths.
void write_neovim_selectors(Kinds kinds, std::string& out);
/// The list of regular expressions for whole paths in editors/emacs/imglint-lsp-mode.el.
void write_emacs_selectors(Kinds kinds, std::string& out);

}  // namespace imglint
