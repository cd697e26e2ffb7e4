// Files of the repository that files of a run include by their paths, as `include: local` of GitLab does.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "project/project.hpp"

namespace imglint {

/// Whether a file, by its normal path, is what another names; `include` may hold `*` and `**`. Which folder
/// is the repository's nobody says: the file's own, or one above it.
[[nodiscard]] bool is_included_by(std::string_view path, std::string_view include, std::string_view file);

class Includes {
 public:
  Includes(const LoadOptions& options, FileSystem& files) : options_(options), disk_(files) {}

  /// Adds to the run what its files include, where it is below the paths that were asked for.
  void find(std::vector<FoundFile>& found);

  using ReadAgain = std::function<void(ProjectFile& file, std::vector<const Source*> included)>;
  /// Has the files that include others read again, with those, when all are read.
  void link(Project& project, const ReadAgain& read_again) const;

 private:
  [[nodiscard]] std::vector<std::string> includes_of(const FoundFile& file) const;
  [[nodiscard]] std::vector<std::string> on_disk(const std::string& path, std::string_view include) const;
  void add_matches(const std::string& folder, std::string_view pattern, int& steps,
                   std::vector<std::string>& matches) const;

  const LoadOptions& options_;
  FileSystem& disk_;
};

}  // namespace imglint
