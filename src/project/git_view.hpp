// GitView: a repository as git may see it: its commits, references, index and ignore rules, but nothing of
// its configuration that could start a program.
#pragma once

#include <string>
#include <utility>

#include "source/file_system.hpp"

namespace imglint {

/// A folder of our own, outside of the user's files, that is a git folder for git: links to the parts of the
/// real one, and a configuration of our own. It goes away with the object.
class GitView {
 public:
  /// Of the repository whose work tree has this top (resolved). An error if a part of it is no regular file
  /// or folder, which git would wait for or follow, or if its `.git` file leads to a repository that does not
  /// know of this work tree.
  [[nodiscard]] static Result<GitView> of(FileSystem& files, const std::string& top);
  /// Of an empty repository.
  [[nodiscard]] static Result<GitView> empty();

  GitView(GitView&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  GitView& operator=(GitView&&) = delete;
  GitView(const GitView&) = delete;
  GitView& operator=(const GitView&) = delete;
  ~GitView();

  /// For GIT_DIR.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit GitView(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace imglint
