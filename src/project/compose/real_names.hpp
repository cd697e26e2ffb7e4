// RealNames: under which name a run knows a file that a path leads to through symbolic links: the one that a
// walk, which follows none, would give it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/once.hpp"
#include "project/compose/known_files.hpp"
#include "project/discover.hpp"
#include "source/file_system.hpp"

namespace imglint::assembly {

/// The disk is asked where the files of the run lie when the first link is met, and not before.
class RealNames {
 public:
  explicit RealNames(FileSystem& files) : files_(files) {}

  /// Notes what was given. Once, before anybody asks.
  void note(const std::vector<FoundFile>& found);
  /// `name`, which is normal, if no link of the run is on its way to `real`, the same file without links.
  /// What stands above what was given is no matter of the run. Of several names one that is known. `here`:
  /// the current folder, resolved; empty if that cannot be told.
  [[nodiscard]] std::string name_of(const std::string& name, const std::string& real, const std::string& here,
                                    const KnownFiles* known);

 private:
  /// A folder that was given, or in which a file was.
  struct Root {
    std::string path;  ///< normal
    std::string resolved;
  };

  void find_roots();
  [[nodiscard]] std::vector<std::string> names_of(const std::string& real, const std::string& here) const;

  FileSystem& files_;
  std::vector<std::string> walked_;  ///< folders that were given
  std::set<std::string> named_;      ///< folders of files that were
  Once is_found_;
  std::vector<Root> roots_;  ///< once they are found
};

}  // namespace imglint::assembly
