#include "config/run_config.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

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

/// The keys of a file that say something of runs, each with the place of its first value.
std::vector<std::pair<std::string_view, ConfigPlace>> run_keys_of(const ConfigLayer& layer) {
  std::vector<std::pair<std::string_view, ConfigPlace>> keys;
  const auto add = [&](std::string_view key, const auto& values) {
    const bool is_new = keys.empty() || keys.back().first != key;
    for (const auto& value : values)
      if (is_new) return static_cast<void>(keys.emplace_back(key, value.place));
  };
  const auto add_one = [&](std::string_view key, const std::optional<Placed<std::string>>& value) {
    add(key, value ? Words{*value} : Words{});
  };
  add_one("baseline", layer.baseline);
  add_one("fail-on", layer.fail_on);
  add_one("format", layer.format);
  add("include", layer.include);
  add("env-files", layer.env_files);
  add("env", layer.env);
  add("build-args", layer.build_args);
  for (const ProjectConfig& project : layer.projects) add("projects", project.files);
  add_one("retarget", layer.retarget.to);
  add_one("retarget", layer.retarget.paths);
  for (const Words* words :
       {&layer.retarget.from, &layer.retarget.except, &layer.retarget.map, &layer.retarget.include})
    add("retarget", *words);
  return keys;
}

}  // namespace

std::vector<Error> ignored_run_keys(const Config& config, const Config& here) {
  std::vector<Error> remarks;
  for (const ConfigLayer& layer : config.layers) {
    const bool counts = std::ranges::any_of(here.layers, [&](const ConfigLayer& known) {
      return normal_path(known.file) == normal_path(layer.file);
    });
    const auto keys = run_keys_of(layer);
    if (counts || keys.empty()) continue;
    std::string names;
    ConfigPlace first = keys.front().second;
    for (const auto& [key, place] : keys) {
      names += (names.empty() ? "" : ", ") + quote(key);
      if (std::pair(place.line, place.column) < std::pair(first.line, first.column)) first = place;
    }
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
