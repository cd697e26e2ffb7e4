// LeftOut: whether a walk leaves a file out that others name. Such files are read where somebody needs their
// values, and no more.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "project/discover.hpp"
#include "project/walk.hpp"

namespace imglint {

class LeftOut {
 public:
  /// `given` are the paths that were asked for: a file that is named is in no walk's way, unless
  /// `force_exclude` is set.
  LeftOut(FileSystem& files, DiscoverOptions options, const std::vector<std::string>& given);

  /// As in LoadOptions::left_out, of a normal path. git is asked once for each work tree, and not before.
  [[nodiscard]] std::string why(const std::string& path);
  /// The same of the configuration alone.
  [[nodiscard]] std::string why_excluded(const std::string& path) const {
    return is_named(path) ? std::string() : by_configuration(path);
  }
  /// Why an environment file is left out by the configuration or an `.imglintignore`; else empty. That git
  /// ignores it, as it does most of them, says nothing of what imglint is to do.
  [[nodiscard]] std::string why_environment(const std::string& path) const;
  /// Whether that was asked. Of a file that is newer than the answers nothing is known.
  [[nodiscard]] bool was_asked(const std::string& path) const { return known_.contains(path); }

 private:
  [[nodiscard]] bool is_named(const std::string& path) const {
    return given_.contains(path) && !options_.force_exclude;
  }
  [[nodiscard]] std::string by_configuration(const std::string& path) const;
  [[nodiscard]] std::string by_ignore_files(const std::string& path);
  [[nodiscard]] std::string by_name(const std::string& top, const std::string& relative);
  [[nodiscard]] std::string outside_of_work_trees(const std::string& resolved);

  FileSystem& files_;
  DiscoverOptions options_;
  WorkTrees trees_;
  std::set<std::string> given_;               ///< normal paths
  std::map<std::string, std::string> known_;  ///< answers by path
  std::map<std::string, Kept> kept_;          ///< by work tree
};

}  // namespace imglint
