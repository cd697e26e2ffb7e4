// Project: the files of one run, read into documents, with the files that belong together: the .env beside a
// compose file, and the Dockerfiles that compose services build.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "expansion/env_file.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"
#include "project/compose/request.hpp"
#include "project/discover.hpp"
#include "project/given.hpp"
#include "source/file_system.hpp"
#include "source/read_file.hpp"

namespace imglint {

namespace assembly {
class ComposeProjects;  // project/compose/projects.hpp
}
struct IncludedFiles;  // project/includes.hpp

/// Places of a file that the configuration names.
using PlacesOf = std::function<std::vector<OwnPlace>(const std::string& path)>;
/// Names of build contexts that are no images, for a file; asked from one thread, once for each file, in
/// order.
using ContextsOf = std::function<std::vector<std::string>(const std::string& path)>;

/// Told how far the work is: `reading files`, and how many of how many. Called from one thread.
using OnProgress = std::function<void(std::string_view what, std::size_t done, std::size_t total)>;

struct ProjectFile;

/// Uses files as soon as they are read, so that what was read of them need not be kept.
struct EarlyUse {
  /// On the caller's thread. The file's documents are let go then, and all of it if this takes its source.
  using Take = std::function<void(ProjectFile& file)>;

  /// Once, when the files of the run are counted and environment files are read.
  std::function<void(std::size_t files)> begin = {};
  /// On any thread, for a file that is read and no other needs, and its index in the run. Gives what is left
  /// to do, which is done for the files of one kind in order; or nothing: the file is kept.
  std::function<Take(const ProjectFile& file, std::size_t index)> use = {};
  /// The same for files of compose projects that are judged together, once all are read. What is left to do
  /// for each of them, or nothing at all.
  std::function<std::vector<Take>(std::span<const ProjectFile> files)> use_group = {};
  /// On the caller's thread, for a file that cannot be read.
  std::function<void(std::size_t index)> missing = {};
};

struct LoadOptions {
  std::vector<std::pair<std::string, std::string>> env;         ///< --env NAME=VALUE
  std::vector<std::pair<std::string, std::string>> build_args;  ///< --build-arg NAME=VALUE
  std::vector<std::string> env_files;  ///< --env-file; they take the place of the .env beside a compose file
  std::vector<std::string> compose_files;          ///< -f: the compose project of the run
  std::string project_directory;                   ///< --project-directory
  std::vector<std::string> profiles;               ///< --profile
  std::vector<assembly::ProjectRequest> projects;  ///< that the configuration names
  bool keeps_projects = false;                     ///< they are asked for when all is read
  bool brings_files = true;        ///< files that only others name, by including them say, are read, too
  bool brings_of_named = false;    ///< also where those others were given by their own names
  LeftOutBy left_out = {};         ///< asked of what is brought; may be empty
  bool keeps_left_out = false;     ///< those are files of the run too, which are not changed
  std::vector<std::string> given;  ///< the paths that were asked for: what lies elsewhere is not changed
  bool only_changed = false;       ///< the files of the run are those that changed: what others bring did not
  std::vector<std::string> contexts;                ///< names of build contexts that are no images
  std::uint64_t max_bytes = default_max_file_size;  ///< larger files are refused
  unsigned jobs = 0;                                ///< threads; 0: one for each core
  ContextsOf contexts_of = {};  ///< further contexts, from the configuration; may be empty
  PlacesOf places_of = {};      ///< asked for files of the kind that has none of its own; may be empty
  OnProgress on_progress = {};  ///< may be empty
  Salvage salvage = Salvage::nothing;
  bool templates = false;  ///< every file is one of which a template engine makes another
  bool scripts = false;    ///< see ReadOptions
  bool variants = true;    ///< see ProjectFile::variants
  EarlyUse early = {};     ///< may be empty: then every document is kept
};

/// A file of assignments, `.env` or --env-file, with what was read from it.
struct EnvironmentFile {
  std::unique_ptr<Source> source;  ///< null if there is none of that name, or it could not be read
  FileStatus status;               ///< when it was read
  std::size_t before = 0;          ///< index of the first file of the run that stands behind it in order
  Arena arena;
  EnvFile content;

  /// For a trouble of the content: docker compose does not read the file. What a required variable lacks the
  /// environment may give; what is too much text compose reads.
  [[nodiscard]] static bool is_refused_for(const Trouble& trouble) {
    return trouble.kind != Trouble::Kind::required_variable && trouble.kind != Trouble::Kind::unjudged;
  }
};

/// One file of the run. The documents borrow from the source.
struct ProjectFile {
  std::unique_ptr<Source> source;
  FileStatus status;                   ///< when it was read
  std::unique_ptr<Document> document;  ///< null if the file was let go early
  /// Dockerfiles: the same file read with the build arguments of a compose service, one for each distinct
  /// set. Compose files: the same file as another project, or another part of one, reads it.
  std::vector<std::unique_ptr<Document>> variants;
  EarlyUse::Take take;      ///< until its turn comes; empty if the file is kept
  std::string doubt;        ///< until its turn comes: why it is no such file after all, see KindInfo
  std::size_t index = 0;    ///< in the run
  bool in_project = false;  ///< it was read as a part of compose projects, once for each way
  bool is_outside = false;  ///< of the paths that were asked for: no reading of it is changed
  std::vector<std::string> includes = {};   ///< files that it takes parts of or has run, as normal paths
  std::vector<std::string> read_with = {};  ///< of values, where projects are kept: see read_with_values()
};

/// The document and its variants: all ways in which the file is read.
[[nodiscard]] std::vector<const Document*> all_readings(const ProjectFile& file);

/// What identifies the file that a source was read from.
using FileStatuses = std::unordered_map<const Source*, FileStatus>;

/// Pinned: documents borrow from each other's sources.
struct Project {
  Project();
  ~Project();
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  std::unique_ptr<assembly::ComposeProjects> compose;  ///< null where no file can belong to one
  std::unique_ptr<IncludedFiles> included;             ///< null where no file can include others
  std::vector<ProjectFile> files;  ///< in the order of the run, those that could not be read left out
  std::map<std::string, EnvironmentFile, std::less<>> environment;  ///< by path
  /// Paths that lead to one of them through symbolic links, with its own.
  std::map<std::string, std::string, std::less<>> environment_links;
  std::vector<Error> errors;   ///< files that could not be read, in order
  std::vector<Error> remarks;  ///< files that a walk took by name and that turned out to be something else
  /// What documents have among their troubles and say of their files as a whole.
  std::vector<Error> remarks_of_documents;
  std::set<std::string, std::less<>> declared_build_args;  ///< of those that the options give

  /// Documents and their variants, in the order of the files, those that were let go left out.
  [[nodiscard]] std::vector<const Document*> documents() const;
  /// The file of a path, as the run has it; null if it has none.
  [[nodiscard]] const ProjectFile* find(std::string_view path) const;
  /// Of all sources that were read from a file.
  [[nodiscard]] FileStatuses statuses() const;
};

/// Notes which of the build arguments of the options a document declares.
void note_build_args(const Document& document, const LoadOptions& options, Project& project);

/// Reads all files. What is wrong inside a file is in its document's troubles, what could not be read in
/// errors.
void load_project(std::vector<FoundFile> found, const LoadOptions& options, FileSystem& files, Project& into);
/// The same for one text that has no file, such as standard input. `path` decides how it is read and is
/// printed.
void load_text(std::string path, std::string bytes, const KindInfo& kind, const LoadOptions& options,
               FileSystem& files, Project& into);

}  // namespace imglint
