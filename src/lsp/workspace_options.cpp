// What the settings and the configuration of a workspace say of reading its files.
#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "check/configured_projects.hpp"
#include "config/run_config.hpp"
#include "lsp/workspace.hpp"

namespace imglint::lsp {

std::string below_folder(const std::string& root, const std::string& path) {
  return path.empty() || path.starts_with('/') ? path : normal_path(join_path(root, path));
}

std::vector<std::string> Workspace::env_files() {
  if (settings_.env_files.empty()) return run_values().env_files;
  std::vector<std::string> files;
  for (const std::string& file : settings_.env_files) files.push_back(below_folder(root_, file));
  return files;
}

const Workspace::RunValues& Workspace::run_values() {
  if (run_values_) return *run_values_;
  RunValues& values = run_values_.emplace();
  const FilePolicy found = policies_->policy_for(join_path(root_, "any-file"));
  if (root_.empty() || !found.config || !policies_->errors().empty()) return values;
  const RunConfig run = run_config(*found.config);
  // Paths may be those from the folder in which the server runs.
  const auto current = files_->resolve(".");
  const auto absolute = [&](std::string& path) {
    if (!path.empty()) path = below_folder(current ? *current : root_, path);
  };
  for (const Placed<std::string>& file : run.env_files) {
    if (!check_inside(file, *files_)) continue;
    absolute(values.env_files.emplace_back(file.value));
  }
  for (const auto& [words, into] : {std::pair(&run.env, &values.env), {&run.build_args, &values.build_args}})
    for (const Placed<std::string>& word : *words)
      if (const auto equals = word.value.find('='); equals != std::string::npos && equals > 0)
        into->emplace_back(word.value.substr(0, equals), word.value.substr(equals + 1));
  auto projects = configured_projects(run, *files_);
  if (!projects) return values;
  values.projects = *std::move(projects);
  for (assembly::ProjectRequest& request : values.projects) {
    absolute(request.directory);
    for (auto* named : {&request.files, &request.env_files})
      for (std::string& path : *named) absolute(path);
    request.folder = folder_of(request.files.front());
  }
  return values;
}

LoadOptions Workspace::load_options() {
  const RunValues& run = run_values();
  LoadOptions options{.env = settings_.env.empty() ? run.env : settings_.env,
                      .build_args = settings_.build_args.empty() ? run.build_args : settings_.build_args,
                      .env_files = env_files(),
                      .projects = run.projects,
                      .keeps_projects = true,
                      .brings_files = false,
                      .contexts = settings_.contexts,
                      .jobs = 1,
                      .salvage = Salvage::all};
  options.contexts_of = [this](const std::string& path) { return policy(path).contexts; };
  options.places_of = [this](const std::string& path) { return policies_->places_for(path); };
  return options;
}

/// Without the projects of which it has no file.
LoadOptions Workspace::options_for(const Group& group) {
  LoadOptions options = load_options();
  std::erase_if(options.projects, [&](const assembly::ProjectRequest& request) {
    return std::none_of(group.files.begin(), group.files.end(), [&](const FoundFile& file) {
      return std::find(request.files.begin(), request.files.end(), file.path) != request.files.end();
    });
  });
  return options;
}

}  // namespace imglint::lsp
