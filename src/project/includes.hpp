// Files of the repository that files of a run include by their paths, as `include: local` of GitLab does:
// found, parsed once, and put in the order in which they win.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kinds/included_file.hpp"
#include "project/include_paths.hpp"
#include "project/project.hpp"

namespace imglint {

/// The files of a run that include others or are included. Pinned: documents borrow from it.
struct IncludedFiles {
  struct File {
    std::unique_ptr<Source> source;  ///< until it is handed over to whoever makes a document of it
    FileStatus status;
    Arena arena;
    std::unique_ptr<IncludedFile> parsed;
    std::vector<File*> targets;      ///< what it includes itself, those that win first
    std::vector<std::string> paths;  ///< the same, as normal paths
  };
  std::map<std::string, File, std::less<>> files;  ///< by normal path
};

class Includes {
 public:
  /// All borrowed.
  Includes(const LoadOptions& options, FileSystem& files, Project& project)
      : options_(options), disk_(files), project_(project) {}

  /// Looks at what the files of the run include, and adds to the run what lies below the paths that were
  /// asked for.
  void find(std::vector<FoundFile>& found);

  /// Whether a file is to be read with others, on one thread.
  [[nodiscard]] bool has(const std::string& path) const;
  /// A file that was read already, once; nothing if it was not.
  [[nodiscard]] std::optional<ProjectFile> open(const std::string& path, std::size_t index) const;
  /// Adds what is known of a file.
  void add_to(ReadOptions& options, const std::string& path) const;
  /// What no walk takes is not changed.
  void mark_left_out(Document& document) const;
  /// When all are read. Their texts stay.
  void release() const;

 private:
  using File = IncludedFiles::File;
  File* parse(const FoundFile& found, bool only_with_includes);
  [[nodiscard]] std::vector<std::string> folders_of(const std::string& path);
  void bring(std::vector<FoundFile>& found);
  void find_targets(const std::vector<FoundFile>& found);

  const LoadOptions& options_;
  FileSystem& disk_;
  Project& project_;
  Looks looks_{1'000'000};
  std::map<std::string, std::string> left_out_;  ///< files that are included, and why no walk takes them
  std::vector<FoundFile> aside_;        ///< those of them that are no files of the run: only values are taken
  std::map<std::string, bool> is_top_;  ///< whether a folder is that of a repository
};

}  // namespace imglint
