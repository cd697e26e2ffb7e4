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
  WorkTrees(FileSystem& files, std::string git) : files_(&files), git_(std::move(git)) {}

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
    return repositories_.emplace(top, GitRepository::open(*files_, git_, top)).first->second;
  }

 private:
  FileSystem* files_;
  std::string git_;
  std::map<std::string, Result<GitRepository>, std::less<>> repositories_;
};

}  // namespace imglint
