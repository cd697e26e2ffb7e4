// What git says about a folder: which files belong to it, by its ignore rules and by ours. Only git itself
// reads ignore files; nothing here imitates it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "project/git_view.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Paths relative to a folder, sorted by their bytes, without doubles. A path that ends in a slash is a
/// repository of its own, which git does not enter.
using GitPaths = std::vector<std::string>;

/// The nearest folder upward that holds `.git`, of a resolved path.
[[nodiscard]] std::optional<std::string> work_tree_of(FileSystem& files, const std::string& resolved);

/// Which changes make a file count: those in the index, or those since a commit.
struct ChangesWanted {
  bool staged = false;
  std::string since;  ///< any name of a commit; empty: none is asked for
  [[nodiscard]] bool any() const { return staged || !since.empty(); }
};

/// Where the index and the files of a work tree differ, by paths relative to its top.
struct IndexState {
  GitPaths changed;  ///< perhaps: regular files of the index, of which the disk has another version, or none
  GitPaths absent;   ///< not in the index: their removal is staged, or they are only meant to be added
};

/// Files of a folder.
struct GitListing {
  GitPaths files;
  GitPaths unopened;  ///< folders that git could not look into, relative to the top
};

/// git, asked about one work tree. Nothing that the repository's configuration, hooks or attributes name is
/// run, nothing below its `.git` is written (GitView), and an answer that does not come in time is an error.
class GitRepository {
 public:
  /// `git` is the program, `top` the top of the work tree, resolved.
  [[nodiscard]] static Result<GitRepository> open(FileSystem& files, const std::string& git,
                                                  const std::string& top);

  /// From here on ignore files of ours count as the index has them.
  void take_staged() { staged_ = true; }

  /// Tracked files below a folder, and untracked ones that `.gitignore`, `.git/info/exclude` and the user's
  /// own list let through (`git ls-files -co --exclude-standard`). Deleted files are still among them.
  [[nodiscard]] Result<GitListing> files_by_gitignore(const std::string& folder) const;

  /// Whether those rules leave out a file that need not be on the disk, by its path relative to the top. One
  /// that git tracks they do not.
  [[nodiscard]] Result<bool> ignores(const std::string& path) const;

  /// Files that no `.imglintignore` (in gitignore syntax, in the folder, above or below) leaves out, tracked
  /// or not. `node_modules` is not entered. Where such files are staged otherwise than they are on the disk,
  /// those of the index count, for files of the index.
  [[nodiscard]] Result<GitPaths> files_by_imglintignore(const std::string& folder) const;

  /// Files that the changes touched or removed, relative to the top. `since` compares the
  /// bytes of files as they are now, unfiltered, and counts new ones that no ignore rule names.
  [[nodiscard]] Result<GitPaths> changed_files(const ChangesWanted& wanted) const;

  /// What the index holds of a file, by its path relative to the top; an error if it is not there.
  [[nodiscard]] Result<std::string> staged_bytes(const std::string& path) const;

  /// What is not, or may not be, on the disk as in the index.
  [[nodiscard]] Result<IndexState> index_state() const;

  /// Submodules below the folder.
  [[nodiscard]] Result<GitPaths> submodules(const std::string& folder) const;

 private:
  GitRepository(FileSystem& files, std::string git, std::string top, GitView view)
      : files_(&files), git_(std::move(git)), top_(std::move(top)), view_(std::move(view)) {}

  [[nodiscard]] Result<std::string> ask(const std::string& folder, const std::vector<std::string>& words,
                                        const std::string& index = {}, std::string* warnings = nullptr) const;
  [[nodiscard]] Result<GitPaths> list(const std::string& folder, const std::vector<std::string>& words,
                                      const std::string& index = {}) const;
  [[nodiscard]] Result<std::string> commit(const std::string& name) const;
  [[nodiscard]] Result<std::string> first_state(const ChangesWanted& wanted) const;
  [[nodiscard]] GitPaths without_equal(std::string_view output) const;
  [[nodiscard]] Result<GitPaths> files_by_staged_imglintignore(const std::string& folder) const;

  FileSystem* files_;
  std::string git_;
  std::string top_;
  GitView view_;
  bool staged_ = false;
};

/// The same as its member for a folder that is in no work tree; only ignore files in it and below count.
[[nodiscard]] Result<GitPaths> files_by_imglintignore(FileSystem& files, const std::string& git,
                                                      const std::string& folder);

}  // namespace imglint
