// WorkTrees: the git repositories that a run has to do with, each opened once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "project/git_files.hpp"

namespace imglint {

class WorkTrees {
 public:
  /// `git` is the program; empty: there is none.
  /// With `staged`, what git's index has counts.
  WorkTrees(FileSystem& files, std::string git, bool staged = false)
      : files_(&files), git_(std::move(git)), staged_(staged) {}

  [[nodiscard]] bool has_git() const { return !git_.empty(); }
  [[nodiscard]] const std::string& git() const { return git_; }
  /// The top of the work tree that a resolved folder is in.
  [[nodiscard]] std::optional<std::string> top_of(const std::string& folder) const {
    return work_tree_of(*files_, folder);
  }
  /// By the top of its work tree.
  [[nodiscard]] const Result<GitRepository>& repository(const std::string& top) {
    const auto known = repositories_.find(top);
    if (known != repositories_.end()) return known->second;
    Result<GitRepository> opened = GitRepository::open(*files_, git_, top);
    if (opened && staged_) opened->take_staged();
    return repositories_.emplace(top, std::move(opened)).first->second;
  }

 private:
  FileSystem* files_;
  std::string git_;
  bool staged_;
  std::map<std::string, Result<GitRepository>, std::less<>> repositories_;
};

}  // namespace imglint
