// What the settings and the configuration of a workspace say of reading its files.
#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "check/baseline_json.hpp"
#include "check/configured_projects.hpp"
#include "config/run_config.hpp"
#include "lsp/workspace.hpp"
#include "move/map_file.hpp"
#include "source/read_file.hpp"

namespace imglint::lsp {
namespace {

RetargetOptions options_of(const std::vector<std::string>& include) {
  const auto includes = [&](std::string_view name) {
    return std::ranges::find(include, name) != include.end();
  };
  return {.include_syntax = includes("syntax"),
          .include_built = includes("built"),
          .include_cache = includes("cache"),
          .include_probable = includes("probable"),
          .include_features = includes("features")};
}

/// Nothing if it does not say where images go, or not so that it can be understood.
std::optional<Workspace::ConfiguredMove> move_of(const RunConfig& run) {
  const RetargetConfig& config = run.retarget;
  if (!config.to && config.map.empty()) return std::nullopt;
  Workspace::ConfiguredMove move;
  MappingOptions& mapping = move.mapping;
  if (config.to) mapping.to = config.to->value;
  mapping.from = values_of(config.from);
  mapping.except = values_of(config.except);
  if (config.paths) mapping.paths = path_strategy_named(config.paths->value).value_or(PathStrategy::keep);
  for (const Placed<std::string>& word : config.map) {
    auto entry = read_map_option(word.value, 0);
    if (std::holds_alternative<RunError>(entry)) return std::nullopt;
    mapping.maps.push_back(std::get<MapEntry>(std::move(entry)));
  }
  move.include = values_of(run.include);
  for (std::string& word : values_of(config.include)) move.include.push_back(std::move(word));
  move.options = options_of(move.include);
  if (std::holds_alternative<RunError>(Mapping::make(mapping))) return std::nullopt;
  return move;
}

}  // namespace

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
  values.include = values_of(run.include);
  values.plain_move = options_of(values.include);
  note_named_files(run, values);
  const auto tell = [&](const Error& error) {  // once at a place
    const auto is_there = [&](const Error& told) {
      return told.path == error.path && told.line == error.line && told.column == error.column;
    };
    if (std::ranges::none_of(values.mistakes, is_there)) values.mistakes.push_back(error);
  };
  for (const Placed<std::string>& file : run.env_files) {
    if (const auto good = check_inside(file, *files_))
      absolute(values.env_files.emplace_back(file.value));
    else
      tell(good.error());
  }
  for (const auto& [words, into] : {std::pair(&run.env, &values.env), {&run.build_args, &values.build_args}})
    for (const Placed<std::string>& word : *words)
      if (const auto equals = word.value.find('='); equals != std::string::npos && equals > 0)
        into->emplace_back(word.value.substr(0, equals), word.value.substr(equals + 1));
  if (run.baseline) {
    std::string path = run.baseline->value;
    absolute(path);
    if (const auto good = check_inside(*run.baseline, *files_))
      read_baseline(*run.baseline, path, values);
    else
      tell(good.error());
  }
  values.move = move_of(run);
  values.never_moved = values_of(run.retarget.except);
  auto projects = configured_projects(run, *files_);
  if (!projects) {
    tell(projects.error());
    return values;
  }
  values.projects = *std::move(projects);
  for (assembly::ProjectRequest& request : values.projects) {
    absolute(request.directory);
    for (auto* named : {&request.files, &request.env_files})
      for (std::string& path : *named) absolute(path);
    request.folder = folder_of(request.files.front());
  }
  return values;
}

/// Those that are not there are told at their names, until they are.
void Workspace::note_named_files(const RunConfig& run, RunValues& values) {
  const auto current = files_->resolve(".");
  const auto absolute = [&](const std::string& path) {
    return below_folder(current ? *current : root_, path);
  };
  const auto note = [&](const std::vector<Placed<std::string>>& named) {
    for (const Placed<std::string>& file : named) values.is_there[absolute(file.value)] = true;
  };
  RunConfig counted;
  if (settings_.env_files.empty()) counted.env_files = run.env_files;
  counted.projects = run.projects;
  note(counted.env_files);
  for (const ProjectConfig& project : counted.projects) {
    note(project.files);
    note(project.env_files);
  }
  for (MissingFile& missing : missing_files(counted, *files_)) {
    const std::string path = absolute(missing.path);
    values.is_there[path] = false;
    note_configuration(path);
    values.mistakes.push_back(std::move(missing.error));
  }
}

void Workspace::read_baseline(const Placed<std::string>& named, const std::string& path, RunValues& values) {
  values.baseline_path = path;
  note_configuration(path);
  const auto content = read_file(*files_, path, largest_max_file_size);
  auto baseline = content ? read_baseline_json(content->bytes) : Result<Baseline>(content.error());
  if (baseline) {
    values.baseline = *std::move(baseline);
    return;
  }
  Error error = std::move(baseline).error();
  error.path = path;
  if (!content) {  // what is wrong in a file shows there, and that there is none where it is named
    error = {.message = "the baseline hides nothing: " + error.message,
             .path = named.place.file,
             .line = named.place.line,
             .column = named.place.column};
  }
  values.mistakes.push_back(std::move(error));
}

std::span<const Error> Workspace::mistaken_files() const {
  return run_values_ ? std::span<const Error>(run_values_->mistakes) : std::span<const Error>();
}

const Workspace::ConfiguredMove* Workspace::configured_move() {
  const RunValues& values = run_values();
  return values.move ? &*values.move : nullptr;
}

const std::vector<std::string>& Workspace::never_moved() { return run_values().never_moved; }

LoadOptions Workspace::load_options() {
  const RunValues& run = run_values();
  LoadOptions options{.env = settings_.env.empty() ? run.env : settings_.env,
                      .build_args = settings_.build_args.empty() ? run.build_args : settings_.build_args,
                      .env_files = env_files(),
                      .projects = run.projects,
                      .keeps_projects = true,
                      .brings_files = !root_.empty(),
                      .brings_of_named = true,
                      .contexts = settings_.contexts,
                      .jobs = 1,
                      .salvage = Salvage::all,
                      .scripts = std::ranges::find(run.include, "scripts") != run.include.end()};
  if (!root_.empty()) options.given = {root_};
  options.left_out = left_out_by();
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
