// RunFiles: the compose projects of a run from the side of its files: which files belong to projects, and how
// each is read there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "project/builds.hpp"
#include "project/compose/known_files.hpp"
#include "project/compose/projects.hpp"
#include "project/project.hpp"

namespace imglint::assembly {

class RunFiles {
 public:
  /// All borrowed.
  RunFiles(const LoadOptions& options, FileSystem& files, Project& project)
      : options_(options), disk_(files), project_(project) {}

  /// Puts the projects together that the files of the run belong to, adds files that only they name, in
  /// order, and what they build.
  void find(std::vector<FoundFile>& found, Builds& builds);
  [[nodiscard]] bool has(const std::string& path) const;
  /// A file that was read for a project, once; nothing if it is in none.
  [[nodiscard]] std::optional<ProjectFile> open(const std::string& path, std::size_t index) const;
  /// Reads a file as each project reads it; false if it is in none.
  bool read(const KindInfo& kind, ReadOptions options, ProjectFile& file) const;
  /// A file that is a project by itself.
  [[nodiscard]] bool is_apart(const ProjectFile& file) const;
  /// Puts files that are judged together, since a project reads them, one behind the other where the last of
  /// them stands. Gives where each such group, or file that stands alone, ends; nothing if all stand alone.
  [[nodiscard]] std::vector<std::size_t> put_groups_together(const std::vector<FoundFile>& found,
                                                             std::vector<std::uint32_t>& items) const;
  /// Compose files that a file of the run names, as normal paths; null if it names none.
  [[nodiscard]] const std::vector<std::string>* named_by(const std::string& path) const;
  /// Adds why the project of a file's folder has no file at all, if this is the file to tell it.
  void add_faults(ProjectFile& file) const;
  /// What was not asked for is not changed.
  void mark_outside(ProjectFile& file) const;
  /// By which name the run knows a file that one in a folder names: see Sources::real_name().
  [[nodiscard]] std::string real_name(const std::string& path, const std::string& folder) const;

 private:
  void take_environments();
  void note_faults(const ComposeProject& project, const std::string& folder,
                   const std::vector<FoundFile>& found);
  void find_groups(const KnownFiles& known);
  [[nodiscard]] std::vector<ProjectRequest> named_projects(std::vector<FoundFile>& found,
                                                           const KindInfo& compose, KnownFiles& known);
  [[nodiscard]] std::vector<std::string> compose_files_of(const FoundFile& file) const;
  void add_files(const RunProject& each, const KindInfo& compose, const KindInfo* built, KnownFiles& known);
  void tell_fault_of_left_out(const Reading& reading);
  void bring(const std::string& path, const KindInfo& kind, KnownFiles& known);

  const LoadOptions& options_;
  FileSystem& disk_;
  Project& project_;
  std::unordered_map<std::string, std::size_t> group_numbers_;  ///< by path
  std::vector<std::size_t> group_sizes_;                        ///< files of each
  std::map<std::string, std::vector<std::string>> named_;       ///< compose files by who names them
  std::map<std::string, const ComposeProject*> faulty_;  ///< projects without a file, by who tells of them
  std::map<std::string, std::string>
      left_out_;                   ///< files that only projects name, and why no walk takes them
  std::set<std::string> told_;     ///< those of them whose fault was told
  std::set<std::string> outside_;  ///< files that only projects name, and that lie where nobody asked for
};

inline constexpr std::string_view lies_outside = "it lies outside of the given paths";
/// Of a file that was read for a compose project alone: no reading of it is changed, and that is a remark.
void mark_outside(ProjectFile& file, std::string_view why = lies_outside);

/// Of a file that a walk leaves out and that others need; see LoadOptions::left_out.
[[nodiscard]] Trouble left_out_remark(const std::string& why);

/// What is to be said of a compose file although nothing is wrong: it is of version 1, or none at all.
[[nodiscard]] std::vector<Error> remarks_on(const Document& document);

}  // namespace imglint::assembly
