#include "project/compose/projects.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <unordered_set>

#include "base/path.hpp"
#include "kinds/kind.hpp"
#include "project/builds.hpp"
#include "project/compose/assembler.hpp"
#include "project/parallel.hpp"
#include "source/inside.hpp"
#include "yaml/scalar.hpp"

namespace imglint::assembly {
namespace {

/// So many are read sooner than a thread starts.
constexpr std::size_t few_files = 8;

bool is_compose(const FoundFile& file) { return file.kind->reads_env_files; }

bool is_top(const std::string& folder, Sources& sources) {
  const std::string& resolved = sources.resolved(folder);
  return resolved.empty() || resolved == sources.top_of(folder) || resolved == "/";
}

/// The nearest folder where no walk was and a project may begin that builds the file; nothing if there is
/// none.
std::optional<std::string> unseen_folder(const FoundFile& file, Sources& sources) {
  if (file.given >= file.path.size()) return normal_path(folder_of(file.path));
  std::string walked = normal_path(std::string_view(file.path).substr(0, file.given));
  if (is_top(walked, sources)) return std::nullopt;
  return normal_path(walked + "/..");
}

/// Whether a project may begin in a folder, in which such names stand.
bool may_begin(const std::string& folder, Sources& sources, const Beside& beside = Beside()) {
  const auto is_there = [&](std::string_view name) {
    return beside.may_have(name) && sources.exists(join_path(folder, name));
  };
  return is_there(environment_file) || std::ranges::any_of(default_files, is_there);
}

/// Adds the walked folders in which a project may begin of files that the walk leaves out: ignored ones, or
/// such as only an `.env` names.
void add_untold(const std::vector<FoundFile>& found, Sources& sources,
                std::unordered_set<std::string>& folders) {
  std::unordered_map<std::string, bool> begins;  // by folder
  std::unordered_set<std::string> done;          // folders of files
  for (const FoundFile& file : found) {
    if (!file.kind->is_built || file.given >= file.path.size() || !file.beside.may_begin_project()) continue;
    const std::string own = normal_path(folder_of(file.path));
    if (!done.insert(own).second) continue;
    const std::string walked = normal_path(std::string_view(file.path).substr(0, file.given));
    for (std::string folder = own;; folder = folder_of(folder)) {
      const auto [known, is_new] = begins.try_emplace(folder, false);
      const Beside beside = folder == own ? file.beside : Beside();
      if (is_new) known->second = !folders.contains(folder) && may_begin(folder, sources, beside);
      if (known->second && sources.top_of(folder) == sources.top_of(own)) folders.insert(folder);
      if (folder == walked || folder == "." || folder == "/") break;
    }
  }
}

/// The folders that walks were given, without symbolic links.
std::vector<std::string> walked_folders(const std::vector<FoundFile>& found, Sources& sources) {
  std::set<std::string_view> given;
  for (const FoundFile& file : found)
    if (file.given < file.path.size()) given.insert(std::string_view(file.path).substr(0, file.given));
  std::vector<std::string> folders;
  for (const std::string_view folder : given)
    if (const std::string& resolved = sources.resolved(normal_path(folder)); !resolved.empty())
      folders.push_back(resolved);
  return folders;
}

/// How many folders lie around one; below zero if it lies above.
std::ptrdiff_t depth_of(std::string_view folder) {
  if (folder == ".") return 0;
  const auto names = std::ranges::count(folder, '/') + 1;
  return folder.starts_with("..") ? -names : names;
}

/// How many requests, from one on, are for folders of the same depth, or for files that are named.
std::size_t level_at(const std::vector<ProjectRequest>& requests, std::size_t first) {
  const auto level_of = [](const ProjectRequest& request) {
    return request.files.empty() ? std::optional(depth_of(request.folder)) : std::nullopt;
  };
  std::size_t end = first + 1;
  while (end < requests.size() && level_of(requests[end]) == level_of(requests[first])) ++end;
  return end - first;
}

/// The folders in which the command might be run so that it reads or builds the files: theirs and those
/// above, up to the top of the repository. Those above stand first.
std::vector<std::string> folders_of(const std::vector<FoundFile>& found, Sources& sources) {
  std::unordered_set<std::string> folders;
  const auto add = [&](std::string folder) {
    while (folders.insert(folder).second && !is_top(folder, sources)) folder = normal_path(folder + "/..");
  };
  for (const FoundFile& file : found)
    if (is_compose(file)) add(normal_path(folder_of(file.path)));
  std::unordered_set<std::string> looked_at = folders;
  add_untold(found, sources, folders);
  for (const FoundFile& file : found) {
    if (!file.kind->is_built) continue;
    auto folder = unseen_folder(file, sources);
    for (; folder && looked_at.insert(*folder).second; folder = normal_path(*folder + "/..")) {
      if (may_begin(*folder, sources)) folders.insert(*folder);
      if (is_top(*folder, sources)) break;
    }
  }
  std::vector<std::pair<std::ptrdiff_t, std::string_view>> sorted;
  for (const std::string& folder : folders) sorted.emplace_back(depth_of(folder), folder);
  std::ranges::sort(sorted);
  std::vector<std::string> in_order;
  for (const auto& [names, folder] : sorted) in_order.emplace_back(folder);
  return in_order;
}

/// The files of folders in which a project begins, and of folders in them: it is likely made of those.
std::vector<std::string> likely_parts(const std::vector<FoundFile>& found) {
  std::unordered_set<std::string_view> begin;  // folders
  for (const FoundFile& file : found)
    if (std::ranges::find(default_files, name_of(file.path)) != std::end(default_files))
      begin.insert(folder_of(file.path));
  std::vector<std::string> paths;
  for (const FoundFile& file : found) {
    if (!is_compose(file)) continue;
    const std::string_view folder = folder_of(file.path);
    if (begin.contains(folder) || begin.contains(folder_of(folder))) paths.push_back(file.path);
  }
  return paths;
}

/// What a service is to a reader of its files.
PartService service_of(const AssembledService& from) {
  const bool runs_model = text_of(find(find(from.item, "provider"), "type")) == "model";
  if (!from.build) return {.name = from.name, .runs_model = runs_model};
  const AssembledBuild& made = *from.build;
  Build build;
  build.pull_policy = from.pull_policy;
  build.context = made.context;
  build.dockerfile = text_of(made.dockerfile_item);
  build.dockerfile_path = made.dockerfile;
  build.is_located = true;
  build.inlined = made.inlined != nullptr;
  if (is(made.target, ItemKind::scalar)) {
    build.target_text = made.target->reading->text(made.target->node);
    build.target = build.target_text.text();
  }
  for (const auto& context : made.contexts) build.contexts.push_back(context.first);
  build.has_arguments_elsewhere = !build.inlined && !made.args.empty();
  if (build.inlined)
    for (const AssembledBuild::Argument& argument : made.args)
      build.arguments.push_back({argument.name, argument.has_value, argument.value, argument.variables});
  PartService service{.name = from.name, .runs_model = runs_model};
  service.build = std::make_unique<const Build>(std::move(build));
  return service;
}

/// What stands in the files, which is most of what a project keeps.
void release_items(ComposeProject& project) {
  for (AssembledService& service : project.services) {
    service.item = service.image = nullptr;
    if (service.build)
      service.build->dockerfile_item = service.build->inlined = service.build->target = nullptr;
  }
  project.pointers.clear();
  project.items.release();
}

/// A request with what the options say of all that do not say it themselves.
ProjectRequest completed(ProjectRequest request, const ProjectOptions& options) {
  if (request.env_files.empty()) request.env_files = options.env_files;
  if (request.profiles.empty()) request.profiles = options.profiles;
  return request;
}

/// What stands for the environment of the process. Some of it says where the files of the command's own
/// project are.
Assignments environment_of(const ProjectRequest& request, const ProjectOptions& options) {
  Assignments env = options.env;
  if (!request.is_here)
    std::erase_if(env, [](const auto& each) {
      return each.first == "COMPOSE_FILE" || each.first == "COMPOSE_ENV_FILES";
    });
  return env;
}

}  // namespace

void ComposeProjects::put_one_together(const ProjectRequest& request, const ProjectOptions& options,
                                       RunProject& made) {
  made.folder = request.folder;
  made.services.clear();
  made.part_of = nullptr;
  made.project = std::make_unique<ComposeProject>();
  ComposeProject& project = *made.project;
  project.env = environment_of(request, options);
  Assembler assembler(sources_, request, project.env, spent_, project);
  assembler.find_files();
  if (request.files.empty() && !project.files.empty()) made.part_of = reader_around(made);
  if (made.part_of) {
    made.request = std::make_unique<const ProjectRequest>(request);
    return;
  }
  assembler.run();
  project.built = built_names(project);
  made.profiles.clear();
  made.has_open_profile = false;
  for (const AssembledService& service : project.services) {
    made.services.push_back(service_of(service));
    made.profiles.insert(made.profiles.end(), service.profiles.begin(), service.profiles.end());
    made.has_open_profile = made.has_open_profile || (service.may_be_enabled && !service.enabled);
  }
  if (!options.keeps_items) release_items(project);
}

/// Whether this project, of files that others have read, is the one too many; its own are added to those.
bool ComposeProjects::shares_too_much(const ComposeProject& project) {
  std::size_t work = 0;
  for (const Reading& reading : project.readings)
    if (read_.contains(reading.file)) work += work_of_file + reading.view.tree().nodes.size();
  for (const Reading& reading : project.readings) read_.insert(reading.file);
  const bool was_left = shared_work_.spend(work, [] {});  // it is told where a spent file is named
  return work > 0 && !was_left;
}

/// Adds a project to each request, in order, and puts them together: level by level, so that what a project
/// includes of folders below is known before those are asked. Where they have shared too much, those that
/// follow are put together anew without what was read before.
void ComposeProjects::put_together(const std::vector<ProjectRequest>& requests,
                                   const ProjectOptions& options) {
  projects_.resize(requests.size());
  const auto is_elsewhere = [&](const ProjectRequest& request) {
    return sources_.top_of(request.folder) != sources_.top_of(requests.front().folder);
  };
  const bool alone = requests.size() <= few_files || std::ranges::any_of(requests, is_elsewhere);
  for (std::size_t first = 0, done = 0; first < requests.size(); first = done) {
    const std::size_t count = level_at(requests, first);
    bool is_too_much = false;
    for_each_in_order(
        count, alone || count <= few_files || !spent_.empty() ? 1 : options.jobs,  // nothing in vain twice
        [&](std::size_t i) {
          put_one_together(requests[first + i], options, projects_[first + i]);
          return i;
        },
        [&](std::size_t, std::size_t i) {
          done = first + i + 1;
          is_too_much = shares_too_much(*projects_[first + i].project);
          return !is_too_much;
        });
    if (is_too_much) spent_ = read_;
    for (std::size_t i = first; i < done; ++i)
      if (requests[i].files.empty()) note_reading(projects_[i]);
  }
  including_.clear();
}

void ComposeProjects::assemble(const std::vector<FoundFile>& found, const KnownFiles& known,
                               const ProjectOptions& options) {
  if (!options.files.empty()) {
    const ProjectRequest only{.folder = ".",
                              .files = options.files,
                              .directory = options.directory,
                              .named = true,
                              .is_here = true};
    put_together({completed(only, options)}, options);
    projects_.back().brings_files = true;
    return make_parts();
  }
  sources_.know(found);
  if (const auto likely = likely_parts(found); likely.size() > few_files)
    sources_.read_ahead(likely, options.jobs);
  std::vector<ProjectRequest> requests;
  for (const ProjectRequest& request : options.configured) requests.push_back(completed(request, options));
  for (const std::string& folder : folders_of(found, sources_)) {
    const bool is_here = folder == ".";
    requests.push_back(completed(
        {.folder = folder, .directory = is_here ? options.directory : std::string(), .is_here = is_here},
        options));
  }
  put_together(requests, options);
  std::size_t number = 0;
  std::erase_if(projects_, [&](const RunProject& each) {
    return number++ >= options.configured.size() && each.project->files.empty();
  });
  drop_included(options);
  keep_those_of(found, known, options.brings_of_named);
  make_parts();
}

/// Those that read or build a file that was found, or whose files are not there although it is told that they
/// are.
void ComposeProjects::keep_those_of(const std::vector<FoundFile>& found, const KnownFiles& known,
                                    bool brings_of_named) {
  const auto compose_file = [&](const std::string& path) -> const FoundFile* {
    const FoundFile* file = known.find(path);
    return file && is_compose(*file) ? file : nullptr;
  };
  const auto is_built = [&](const AssembledService& service) {
    const FoundFile* file = service.build ? known.find(service.build->dockerfile) : nullptr;
    return file && file->kind->is_built;
  };
  std::set<std::string> folders;  // that have a compose file, once they are asked for
  const auto has_compose_file = [&](const std::string& folder) {
    for (const FoundFile& file : folders.empty() ? std::span(found) : std::span<const FoundFile>())
      if (is_compose(file)) folders.insert(normal_path(folder_of(file.path)));
    return folders.contains(folder);
  };
  std::optional<std::vector<std::string>> walked;  // once it is asked for
  const auto is_asked = [&](const std::string& folder) {
    if (has_compose_file(folder)) return true;
    if (!walked) walked = walked_folders(found, sources_);
    const std::string& resolved = sources_.resolved(folder);
    return !resolved.empty() && std::ranges::any_of(*walked, [&](const std::string& around) {
      return is_inside(resolved, around);
    });
  };
  std::erase_if(projects_, [&](RunProject& each) {
    const FoundFile* main = compose_file(sources_.known_name(each.project->files.front()));
    each.brings_files = main && (brings_of_named || !main->named);
    if (main) return false;
    if (each.project->readings.empty()) return !is_asked(normal_path(each.folder));
    return std::ranges::none_of(each.project->read, compose_file) &&
           std::ranges::none_of(each.project->services, is_built);
  });
}

void ComposeProjects::note_shared_names() {
  std::unordered_map<std::string_view, std::size_t> count;
  for (const RunProject& each : projects_)
    if (!each.project->readings.empty()) ++count[each.project->name];
  for (RunProject& each : projects_) each.project->shares_name = count[each.project->name] > 1;
}

void ComposeProjects::make_parts() {
  note_shared_names();
  for (RunProject& each : projects_) {  // from here on they stay where they are
    each.parts.reserve(each.project->readings.size());
    for (Reading& reading : each.project->readings) {
      ComposePart part{.parsed = &*reading.file->parsed,
                       .refused = &reading.file->refused,
                       .is_base = reading.is_base,
                       .services = &each.services,
                       .numbers = &each.project->numbers,
                       .built = each.project->built,
                       .effective = &reading.effective,
                       .harmless = &reading.harmless};
      each.parts.emplace_back(&reading, part);
    }
  }
  for (const RunProject& each : projects_)
    for (const auto& [reading, part] : each.parts)
      readings_[reading->file->source->path()].push_back({&each, reading, &part});
}

void ComposeProjects::release(const std::vector<FileReading>& readings) {
  for (const FileReading& each : readings) {
    each.reading->effective = EffectiveScalars();
    each.reading->file->parsed->tree.nodes = decltype(compose::Tree::nodes)();
  }
}

const std::vector<ComposeProjects::FileReading>* ComposeProjects::readings_of(const std::string& path) const {
  const auto found = readings_.find(path);
  return found == readings_.end() ? nullptr : &found->second;
}

}  // namespace imglint::assembly
