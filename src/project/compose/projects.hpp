// The compose projects of a run: which there are among the files that were found, each put together once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "kinds/compose/part.hpp"
#include "project/compose/assembled.hpp"
#include "project/compose/budget.hpp"
#include "project/compose/known_files.hpp"
#include "project/discover.hpp"

namespace imglint::assembly {

/// What the options say of projects.
struct ProjectOptions {
  std::vector<std::pair<std::string, std::string>> env;
  std::vector<std::string> env_files;
  std::vector<std::string> files;  ///< `-f`; then this is the only project
  std::string directory;           ///< `--project-directory`
  std::vector<std::string> profiles;
  std::vector<ProjectRequest> configured = {};  ///< of the configuration, or of files of the run
  unsigned jobs = 1;                            ///< threads that read files; 0: one for each core
  bool keeps_items = false;                     ///< of the projects: they are asked for later
  bool brings_of_named = false;                 ///< see LoadOptions
};

/// A project, and what it says of each of its files.
struct RunProject {
  std::unique_ptr<ComposeProject> project = std::make_unique<ComposeProject>();
  std::vector<PartService> services;
  std::vector<std::pair<Reading*, ComposePart>> parts;
  std::string folder = {};                 ///< in which the command would be run
  std::vector<std::string> profiles = {};  ///< that its services have
  bool has_open_profile = false;           ///< one is not known
  bool brings_files = false;               ///< what it reads is read by the run, too
  /// The project of a folder around that reads its main file, so that it is none of its own: it has not been
  /// put together.
  const ComposeProject* part_of = nullptr;
  std::unique_ptr<const ProjectRequest> request = {};  ///< of such a one
};

/// Pinned, as long as the documents of the run live.
class ComposeProjects {
 public:
  ComposeProjects(FileSystem& files, std::uint64_t max_bytes) : sources_(files, max_bytes) {}
  ComposeProjects(const ComposeProjects&) = delete;
  ComposeProjects& operator=(const ComposeProjects&) = delete;

  /// Finds the projects that read some of the files, and puts them together.
  void assemble(const std::vector<FoundFile>& found, const KnownFiles& known, const ProjectOptions& options);

  [[nodiscard]] const std::vector<RunProject>& projects() const { return projects_; }
  [[nodiscard]] Sources& sources() { return sources_; }
  /// The readings of a file, in the order of the projects; by normal path.
  struct FileReading {
    const RunProject* project = nullptr;
    Reading* reading = nullptr;
    const ComposePart* part = nullptr;
  };
  [[nodiscard]] const std::vector<FileReading>* readings_of(const std::string& normal_path) const;
  /// Lets go what only readers of a file ask for. For several files at once.
  static void release(const std::vector<FileReading>& readings);

 private:
  void put_together(const std::vector<ProjectRequest>& requests, const ProjectOptions& options);
  void put_one_together(const ProjectRequest& request, const ProjectOptions& options, RunProject& made);
  bool shares_too_much(const ComposeProject& project);
  void note_reading(const RunProject& made);
  [[nodiscard]] const ComposeProject* reader_around(const RunProject& made);
  void drop_included(const ProjectOptions& options);
  [[nodiscard]] std::vector<bool> included_ones();
  bool put_orphans_together(const std::vector<bool>& dropped, const ProjectOptions& options);
  void keep_those_of(const std::vector<FoundFile>& found, const KnownFiles& known, bool brings_of_named);
  void note_shared_names();
  void make_parts();

  Sources sources_;
  std::vector<RunProject> projects_;
  /// While they are put together: those of folders, by the files that they include or extend.
  std::unordered_map<std::string_view, std::vector<const RunProject*>> including_;
  SourceFiles read_;   ///< files that projects have read
  SourceFiles spent_;  ///< those that are not read again
  Budget shared_work_{most_shared_work};
  std::unordered_map<std::string, std::vector<FileReading>> readings_;
};

}  // namespace imglint::assembly
