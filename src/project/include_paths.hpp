// Which files the paths of `include: local` name, with GitLab's wildcards: `*` is any text without a slash,
// `**` any text (docs/spec/pipelines.md 2.2).
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source/file_system.hpp"

namespace imglint {

/// The folder of a path and those above it, the nearest first; an empty one is where the run stands.
[[nodiscard]] std::vector<std::string> folders_above(std::string_view path);

/// Whether one of some files, by their normal paths, is what another names. Which folder is the repository's
/// nobody says: the file's own, or one above it.
[[nodiscard]] bool includes_any_of(const std::set<std::string, std::less<>>& paths, std::string_view include,
                                   std::string_view file);

/// What is spent on wildcards that no sorted list helps with: a look at one name or path, longer ones count
/// more. Hostile files get no further than this.
class Looks {
 public:
  explicit Looks(std::size_t most) : left_(most) {}
  /// False if nothing is left.
  bool spend(std::string_view pattern, std::string_view path) {
    const std::size_t cost = 1 + pattern.size() * path.size() / 4096;
    spent_ += cost;
    is_over_ = is_over_ || cost > left_;
    left_ -= is_over_ ? left_ : cost;
    return !is_over_;
  }
  [[nodiscard]] bool is_over() const { return is_over_; }
  [[nodiscard]] std::size_t spent() const { return spent_; }

 private:
  std::size_t left_;
  std::size_t spent_ = 0;
  bool is_over_ = false;
};

/// The files of a run, by normal path.
class PathList {
 public:
  /// Sorted, none twice. Of a pattern that names more than `most` the last ones count.
  explicit PathList(std::vector<std::string> paths, std::size_t most = 150)
      : paths_(std::move(paths)), most_(most) {}

  /// What is included by one path or pattern, in the first of the folders that has any; sorted.
  [[nodiscard]] std::vector<std::string> named_by(const std::vector<std::string>& folders,
                                                  std::string_view include, Looks& looks);

 private:
  using Matches = std::vector<std::size_t>;  ///< places in the list
  const Matches& matches(const std::string& folder, std::string_view pattern, Looks& looks);

  std::vector<std::string> paths_;
  std::size_t most_;
  std::map<std::pair<std::string, std::string>, Matches> known_;  ///< by folder and pattern
};

/// The same of the files that are on the disk.
class DiskPaths {
 public:
  explicit DiskPaths(FileSystem& files) : files_(files) {}

  [[nodiscard]] const std::vector<std::string>& named_by(const std::vector<std::string>& folders,
                                                         std::string_view include, Looks& looks);

 private:
  struct Listed {
    std::vector<std::string> files;  ///< names, sorted
    std::vector<std::string> folders;
  };

  const std::vector<std::string>& matches(const std::string& folder, std::string_view pattern, Looks& looks);
  void add_matches(const std::string& folder, std::string_view pattern, Looks& looks,
                   std::vector<std::string>& found);
  void add_below(const std::string& folder, std::string_view pattern, Looks& looks,
                 std::vector<std::string>& found);
  const Listed& listed(const std::string& folder);

  FileSystem& files_;
  std::map<std::string, Listed> listed_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> known_;  ///< by folder and pattern
};

}  // namespace imglint
