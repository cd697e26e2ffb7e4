#include "cli/idle_options.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "base/quote.hpp"
#include "kinds/dockerfile/scope.hpp"
#include "project/compose/projects.hpp"

namespace imglint {
namespace {

/// What a build takes although no Dockerfile declares it.
bool is_taken_undeclared(std::string_view argument) {
  if (dockerfile::is_built_in(argument)) return true;
  constexpr std::string_view names[] = {"http_proxy", "https_proxy", "ftp_proxy",
                                        "no_proxy",   "all_proxy",   "source_date_epoch"};
  const std::string name = lower_case(argument);
  return name.starts_with("buildkit_") || std::ranges::find(names, name) != std::end(names);
}

void add_build_arguments(const CommonOptions& options, const Project& project, std::vector<Error>& remarks) {
  const bool is_configured = !options.build_arg_places.empty();
  if (is_configured && !reads_all(options)) return;
  for (std::size_t i = 0; i < options.build_args.size(); ++i) {
    const std::string name = options.build_args[i].substr(0, options.build_args[i].find('='));
    if (project.declared_build_args.contains(name) || is_taken_undeclared(name)) continue;
    const ConfigPlace place = is_configured ? options.build_arg_places[i] : ConfigPlace();
    remarks.push_back({.message = (is_configured ? "build argument " : "--build-arg: ") + quote(name) +
                                  " is declared by no Dockerfile of this run",
                       .path = place.file,
                       .line = place.line,
                       .column = place.column});
  }
}

/// Whether a service of some compose project has a profile, or may have.
bool is_profile_of_any(std::string_view profile, const Project& project) {
  const auto has_it = [&](const assembly::RunProject& each) {
    return each.has_open_profile || std::ranges::find(each.profiles, profile) != each.profiles.end();
  };
  return profile == "*" || (project.compose && std::ranges::any_of(project.compose->projects(), has_it));
}

void add_profiles(const CommonOptions& options, const Project& project, std::vector<Error>& remarks) {
  for (const std::string& profile : options.profiles)
    if (!is_profile_of_any(profile, project))
      remarks.push_back(
          {.message = "--profile: no service of a compose project of this run has " + quote(profile)});
  if (!reads_all(options)) return;
  for (const assembly::ProjectRequest& request : options.projects)
    for (const auto& [profile, file, line, column] : request.profile_places)
      if (!is_profile_of_any(profile, project))
        remarks.push_back(
            {.message = "no service of a compose project of this run has the profile " + quote(profile),
             .path = file,
             .line = line,
             .column = column});
}

void add_project_directory(const CommonOptions& options, const Project& project, FileSystem& files,
                           std::vector<Error>& remarks) {
  if (options.project_directory.empty()) return;
  const auto status = files.status(options.project_directory);
  if (!status || status->kind != FileKind::folder) {
    remarks.push_back({.message = "--project-directory: " + quote(options.project_directory) +
                                  (status ? " is no folder" : " does not exist")});
    return;
  }
  const auto is_here = [](const assembly::RunProject& each) { return each.folder == "."; };
  if (project.compose && std::ranges::any_of(project.compose->projects(), is_here)) return;
  remarks.push_back(
      {.message = "--project-directory counts for nothing: there is no compose project in this folder",
       .hint = "name the files of one with -f"});
}

}  // namespace

bool reads_all(const CommonOptions& options) {
  const bool is_here = options.paths.empty() || (options.paths.size() == 1 && options.paths[0] == ".");
  return is_here && options.compose_files.empty() && !options.changes.any();
}

std::vector<Error> idle_options(const CommonOptions& options, const Project& project, FileSystem& files) {
  std::vector<Error> remarks;
  if (options.changes.any()) return remarks;
  add_build_arguments(options, project, remarks);
  if (reads_input(options)) return remarks;
  add_profiles(options, project, remarks);
  add_project_directory(options, project, files, remarks);
  return remarks;
}

}  // namespace imglint
