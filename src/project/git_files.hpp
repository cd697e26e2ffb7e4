// What git says about a folder: which files belong to it, by its ignore rules and by ours. Only git itself
// reads ignore files; nothing here imitates it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "source/file_system.hpp"

namespace imglint {

/// Paths relative to a folder, sorted by their bytes, without doubles. A path that ends in a slash is a
/// repository of its own, which git does not enter.
using GitPaths = std::vector<std::string>;

/// The nearest folder upward that holds `.git`, of a resolved path.
[[nodiscard]] std::optional<std::string> work_tree_of(FileSystem& files, const std::string& resolved);

/// Tracked files, and untracked ones that `.gitignore`, `.git/info/exclude` and the user's own list let
/// through
/// (`git ls-files -co --exclude-standard`). Deleted files are still among them. The folder must be in a work
/// tree. Nothing the repository's configuration names is run, nothing is written.
[[nodiscard]] Result<GitPaths> files_by_gitignore(const std::string& git, const std::string& folder);

/// Files that no `.imglintignore` (in gitignore syntax, in the folder or below; in a work tree also above)
/// leaves out, tracked or not. `in_work_tree` tells which of two ways to ask. `node_modules` is not entered.
[[nodiscard]] Result<GitPaths> files_by_imglintignore(const std::string& git, const std::string& folder,
                                                      bool in_work_tree);

/// Which changes make a file count: those in the index, or those since a commit.
struct ChangesWanted {
  bool staged = false;
  std::string since;  ///< any name of a commit; empty: none is asked for
  [[nodiscard]] bool any() const { return staged || !since.empty(); }
};

/// Files of a work tree, given by its top, that the changes touched and that still have an entry. `since`
/// compares the files as they are now, and counts new ones that no ignore rule names.
[[nodiscard]] Result<GitPaths> changed_files(const std::string& git, const std::string& top,
                                             const ChangesWanted& wanted);

/// Submodules below the folder.
[[nodiscard]] Result<GitPaths> submodules(const std::string& git, const std::string& folder);

}  // namespace imglint
