// Options that check, list and retarget share: paths, values of variables, limits, threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "check/configured_projects.hpp"
#include "cli/session.hpp"
#include "config/config.hpp"
#include "project/git_files.hpp"
#include "project/left_out.hpp"
#include "project/project.hpp"

namespace CLI {
class App;
}

namespace imglint {

struct CommonOptions {
  std::vector<std::string> paths;  ///< files and folders; `-` is standard input
  std::vector<std::string> env;
  std::vector<std::string> build_args;
  std::vector<ConfigPlace> env_places;        ///< of each, if the configuration gives them
  std::vector<ConfigPlace> build_arg_places;  ///< the same
  std::vector<std::string> env_files;
  std::vector<MissingFile> missing_env_files;  ///< of those that the configuration names
  std::vector<std::string> compose_files;      ///< -f: the files of the compose project
  std::string project_directory;
  std::vector<std::string> profiles;
  std::vector<assembly::ProjectRequest> projects;  ///< that the configuration names
  std::vector<std::string> contexts;
  std::string stdin_filename;
  std::uint64_t max_file_size = default_max_file_size;
  unsigned jobs = 0;
  bool no_ignore = false;
  bool force_exclude = false;
  std::string config;                  ///< this configuration for all files
  bool isolated = false;               ///< no configuration file
  Salvage salvage = Salvage::nothing;  ///< set by the command
  bool templates = false;
  ChangesWanted changes;
  std::vector<std::string> include;  ///< further kinds of files and of references
};

void add_common_options(CLI::App& command, CommonOptions& options);
/// `--include`, for commands that read what it names.
void add_include_option(CLI::App& command, CommonOptions& options, const char* group, const char* help);
/// `--config` and `--isolated`.
void add_configuration_options(CLI::App& command, CommonOptions& options);

/// What the options say about reading; an error for a malformed NAME=VALUE.
[[nodiscard]] Result<LoadOptions> load_options(const CommonOptions& options);

/// Whether standard input is all that is read.
[[nodiscard]] bool reads_input(const CommonOptions& options);

/// How reading went.
struct LoadSummary {
  bool from_input = false;  ///< the one file is standard input
  /// The first of the errors that were printed; any makes the exit code 2.
  std::optional<Error> error = std::nullopt;
  std::unique_ptr<LeftOut> left_out = nullptr;  ///< by which files were chosen; null of standard input
};

/// What a command adds to the options about reading.
struct LoadHooks {
  ContextsOf contexts_of = {};  ///< contexts that the configuration names
  PlacesOf places_of = {};      ///< places that the configuration names
  FileChooser choose = {};      ///< what the configuration says of files
  EarlyUse early = {};
  bool variants = true;
  bool keeps_projects = false;
  bool tells_remarks = false;
  bool keeps_left_out = false;  ///< see LoadOptions
};

/// Finds and reads everything the options name into a project. Errors are printed; a folder without files to
/// read is a remark.
[[nodiscard]] LoadSummary load(const CommonOptions& options, const Session& session, Project& into,
                               LoadHooks hooks = {});

}  // namespace imglint
