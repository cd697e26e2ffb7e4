#include "config/run_config.hpp"

#include <algorithm>

#include "base/path.hpp"
#include "base/quote.hpp"

namespace imglint {
namespace {

using Words = std::vector<Placed<std::string>>;

void append(const Words& from, Words& to) { to.insert(to.end(), from.begin(), from.end()); }

void take(const std::optional<Placed<std::string>>& from, std::optional<Placed<std::string>>& to) {
  if (from) to = from;
}

/// Beside the file that names it.
Placed<std::string> beside(const ConfigLayer& layer, const Placed<std::string>& file) {
  return {join_path(std::string(folder_of(layer.file)), file.value), file.place};
}

ProjectConfig beside(const ConfigLayer& layer, ProjectConfig project) {
  for (auto* files : {&project.files, &project.env_files})
    for (Placed<std::string>& file : *files) file = beside(layer, file);
  if (project.directory) project.directory = beside(layer, *project.directory);
  return project;
}

}  // namespace

std::vector<Error> ignored_run_keys(const Config& config, const Config& here) {
  std::vector<Error> remarks;
  for (const ConfigLayer& layer : config.layers) {
    const bool counts = std::ranges::any_of(here.layers, [&](const ConfigLayer& known) {
      return normal_path(known.file) == normal_path(layer.file);
    });
    if (counts || layer.run_keys.empty()) continue;
    std::string names;
    const ConfigPlace& first = layer.run_keys.front().place;
    for (const Placed<std::string>& key : layer.run_keys)
      names += (names.empty() ? "" : ", ") + quote(key.value);
    remarks.push_back(
        {.message = "these keys are about whole runs and do not count here: " + names,
         .hint = "those count that stand in the configuration of the folder where imglint is started",
         .path = first.file,
         .line = first.line,
         .column = first.column});
  }
  return remarks;
}

RunConfig run_config(const Config& config) {
  RunConfig run;
  for (const ConfigLayer& layer : config.layers) {
    if (layer.baseline) run.baseline = beside(layer, *layer.baseline);
    take(layer.fail_on, run.fail_on);
    take(layer.format, run.format);
    for (const Placed<std::string>& file : layer.env_files) run.env_files.push_back(beside(layer, file));
    append(layer.include, run.include);
    append(layer.env, run.env);
    append(layer.build_args, run.build_args);
    for (const ProjectConfig& project : layer.projects) run.projects.push_back(beside(layer, project));
    take(layer.retarget.to, run.retarget.to);
    take(layer.retarget.paths, run.retarget.paths);
    append(layer.retarget.from, run.retarget.from);
    append(layer.retarget.except, run.retarget.except);
    append(layer.retarget.map, run.retarget.map);
    append(layer.retarget.include, run.retarget.include);
  }
  return run;
}

}  // namespace imglint
