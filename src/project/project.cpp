#include "project/project.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <set>

#include "base/path.hpp"
#include "expansion/template.hpp"
#include "kinds/index.hpp"
#include "project/builds.hpp"
#include "project/charts.hpp"
#include "project/compose/projects.hpp"
#include "project/compose/run_files.hpp"
#include "project/environment.hpp"
#include "project/includes.hpp"
#include "project/parallel.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

ReadOptions read_options(const LoadOptions& options, const std::vector<std::string>& contexts) {
  return {.env = options.env,
          .build_args = options.build_args,
          .contexts = contexts,
          .max_bytes = static_cast<std::uint32_t>(options.max_bytes),
          .salvage = options.salvage,
          .is_template = options.templates,
          .scripts = options.scripts};
}

std::vector<std::string> with_contexts(const LoadOptions& options,
                                       const std::map<std::size_t, std::vector<std::string>>& more,
                                       std::size_t item) {
  std::vector<std::string> contexts = options.contexts;
  if (const auto own = more.find(item); own != more.end())
    contexts.insert(contexts.end(), own->second.begin(), own->second.end());
  return contexts;
}

void tell(const LoadOptions& options, std::string_view what, std::size_t item, std::size_t total) {
  if (options.on_progress) options.on_progress(what, item + 1, total);
}

/// Reads the files of a run: first those that may build others, then those that are built, kind by kind.
class Loader {
 public:
  Loader(std::vector<FoundFile> found, const LoadOptions& options, FileSystem& files, Project& project)
      : found_(std::move(found)),
        options_(options),
        disk_(files),
        project_(project),
        projects_(options, files, project),
        includes_(options, files, project) {}

  /// In place of reading the only file.
  void give_text(std::string bytes) { text_ = std::move(bytes); }

  void run() {
    if (!text_) projects_.find(found_, builds_);
    if (!text_) includes_.find(found_);
    ask_for_contexts();
    find_charts();
    find_buildable();
    read_environments();
    if (options_.early.begin) options_.early.begin(found_.size());
    for (const bool built : {false, true}) {
      if (built) most_work_ = most_work_of_each(builds_);
      for (const KindInfo* kind : all_kinds())
        if (kind->is_built == built) read_all(*kind);
    }
    includes_.release();
    finish();
  }

 private:
  void ask_for_contexts();
  void find_charts();
  void find_buildable();
  [[nodiscard]] std::string environment_name(std::string_view path) const;
  void read_environments();
  [[nodiscard]] Result<ProjectFile> open(std::size_t item);
  void read_all(const KindInfo& kind);
  [[nodiscard]] std::vector<Result<ProjectFile>> read_group(std::span<const std::uint32_t> items);
  void receive(std::size_t item, Result<ProjectFile> file, const KindInfo& kind);
  [[nodiscard]] Result<ProjectFile> read(std::size_t item);
  [[nodiscard]] const DockerfileBuild* build_of(const Source& source) const;
  [[nodiscard]] bool is_buildable(const std::string& path) const;
  void name_built_files(Document& document) const;
  [[nodiscard]] bool is_borrowed_from(const ProjectFile& compose) const;
  void use_early(ProjectFile& file, std::size_t item) const;
  void take(ProjectFile file);
  void leave_out(std::size_t item, const std::string& why, const std::string& path);
  void miss(std::size_t item, Error error);
  void finish();

  std::vector<FoundFile> found_;
  const LoadOptions& options_;
  FileSystem& disk_;
  Project& project_;
  std::optional<std::string> text_;
  std::size_t earlier_errors_ = project_.errors.size();
  std::map<std::size_t, std::vector<std::string>> contexts_;  ///< from the configuration, if any, by file
  std::map<std::size_t, std::vector<OwnPlace>> places_;       ///< the same
  /// Values for the variables of compose files: of --env-file in the order given, under an empty name, or of
  /// the .env beside them. Read once, shared by the files of a folder.
  std::map<std::string, TemplateValues, std::less<>> environments_;
  std::map<std::size_t, const ChartSearch*> charts_;  ///< of values files, by file
  Charts chart_files_{disk_};
  std::vector<std::size_t> buildable_;   ///< hashes of the Dockerfiles' normal paths, sorted
  std::map<std::size_t, Error> errors_;  ///< by file
  Builds builds_;
  std::size_t most_work_ = 0;  ///< of the readings of each Dockerfile
  assembly::RunFiles projects_;
  Includes includes_;
};

void Loader::read_all(const KindInfo& kind) {
  std::vector<std::uint32_t> items, linked;
  for (std::size_t i = 0; i < found_.size(); ++i)
    if (found_[i].kind == &kind)
      (includes_.has(found_[i].path) ? linked : items).push_back(static_cast<std::uint32_t>(i));
  const std::string what = "reading " + std::string(kind.plural);
  const auto take_next = [&](std::size_t i, Result<ProjectFile> file) {
    tell(options_, what, i, items.size() + linked.size());
    receive(items[i], std::move(file), kind);
  };
  const auto ends =
      kind.reads_env_files ? projects_.put_groups_together(found_, items) : std::vector<std::size_t>();
  if (ends.empty()) {
    for_each_in_order(
        items.size(), options_.jobs, [&](std::size_t i) { return read(items[i]); },
        [&](std::size_t i, Result<ProjectFile> file) {
          take_next(i, std::move(file));
          return true;
        });
  } else {
    const std::size_t told = project_.remarks.size();
    const auto begin_of = [&](std::size_t i) { return i == 0 ? 0 : ends[i - 1]; };
    for_each_in_order(
        ends.size(), options_.jobs,
        [&](std::size_t i) {
          return read_group(std::span(items).subspan(begin_of(i), ends[i] - begin_of(i)));
        },
        [&](std::size_t i, std::vector<Result<ProjectFile>> files) {
          for (std::size_t k = 0; k < files.size(); ++k) take_next(begin_of(i) + k, std::move(files[k]));
          return true;
        });
    std::ranges::stable_sort(std::span(project_.remarks).subspan(told), {}, &Error::path);
  }
  for (std::size_t i = 0; i < linked.size(); ++i) {
    tell(options_, what, items.size() + i, items.size() + linked.size());
    receive(linked[i], read(linked[i]), kind);
  }
}

/// Reads files and, if there are several, uses them together, so that they can be let go.
std::vector<Result<ProjectFile>> Loader::read_group(std::span<const std::uint32_t> items) {
  std::vector<Result<ProjectFile>> results;
  results.reserve(items.size());
  for (const std::uint32_t item : items) results.push_back(read(item));
  const bool may_be_used = items.size() > 1 && std::ranges::all_of(results, [&](const auto& file) {
                             return file && file->document && file->in_project && !is_borrowed_from(*file);
                           });
  if (!may_be_used) return results;
  std::vector<ProjectFile> files;
  for (auto& file : results) files.push_back(*std::move(file));
  std::vector<EarlyUse::Take> takes = options_.early.use_group(files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!takes.empty()) files[i].take = std::move(takes[i]);
    results[i] = std::move(files[i]);
  }
  return results;
}

void Loader::receive(std::size_t item, Result<ProjectFile> file, const KindInfo& kind) {
  if (file && !file->doubt.empty())
    leave_out(item, "no " + std::string(kind.title) + ", for " + file->doubt, file->source->path());
  else if (file)
    take(*std::move(file));
  else if (kind.doubt && !found_[item].named && file.error().is_about_binary)
    leave_out(item, "it " + file.error().message, found_[item].path);
  else
    miss(item, std::move(file).error());
}

void Loader::ask_for_contexts() {
  for (std::size_t i = 0; options_.places_of && i < found_.size(); ++i)
    if (found_[i].kind->has_own_places) places_.emplace(i, options_.places_of(found_[i].path));
  if (!options_.contexts_of) return;
  for (std::size_t i = 0; i < found_.size(); ++i)
    if (auto contexts = options_.contexts_of(found_[i].path); !contexts.empty())
      contexts_.emplace(i, std::move(contexts));
}

void Loader::find_charts() {
  for (std::size_t i = 0; i < found_.size(); ++i)
    if (found_[i].kind->has_chart) charts_.emplace(i, &chart_files_.of(found_[i].path));
}

std::size_t path_hash(const std::string& normal_path) { return std::hash<std::string>()(normal_path); }

void Loader::find_buildable() {
  for (const FoundFile& file : found_)
    if (file.kind->is_built) buildable_.push_back(path_hash(normal_path(file.path)));
  std::sort(buildable_.begin(), buildable_.end());
}

/// Where environments_ has the values for a compose file.
std::string Loader::environment_name(std::string_view path) const {
  return options_.env_files.empty() ? beside(path, ".env") : std::string();
}

/// The small .env files are read first, in order, so that the threads share nothing they write.
void Loader::read_environments() {
  const auto read = [&](const std::string& path, TemplateValues& values) {
    add_values(environment_file(path, !options_.env_files.empty(), options_, disk_, project_), values);
  };
  for (const FoundFile& file : found_) {
    if (!file.kind->reads_env_files) continue;
    if (projects_.has(file.path)) continue;
    const std::string name = environment_name(file.path);
    const auto [entry, is_new] = environments_.try_emplace(name);
    if (!is_new) continue;
    if (!name.empty()) read(name, entry->second);
    for (const std::string& path : options_.env_files) read(path, entry->second);
  }
  for (auto& [path, file] : project_.environment) {
    const auto behind = [](const FoundFile& found, const std::string& name) { return found.path < name; };
    const auto next = std::lower_bound(found_.begin(), found_.end(), path, behind);
    file.before = static_cast<std::size_t>(next - found_.begin());
  }
}

Result<ProjectFile> Loader::open(std::size_t item) {
  if (text_)
    return ProjectFile{.source = std::make_unique<Source>(found_[item].path, *std::move(text_)),
                       .index = item};
  if (auto opened = projects_.open(found_[item].path, item)) return *std::move(opened);
  if (auto opened = includes_.open(found_[item].path, item)) return *std::move(opened);
  const FoundFile& found = found_[item];
  auto content = found.given < found.path.size()
                     ? read_file_below(disk_, found.path, found.given, options_.max_bytes)
                     : read_file(disk_, found.path, options_.max_bytes);
  if (!content) return std::move(content).error();
  // The path is needed no more than once.
  return ProjectFile{
      .source = std::make_unique<Source>(std::move(found_[item].path), std::move(content->bytes)),
      .status = content->status,
      .index = item};
}

bool Loader::is_buildable(const std::string& path) const {
  return std::binary_search(buildable_.begin(), buildable_.end(), path_hash(path));
}

/// The Dockerfiles that a file builds go by the names that they have in the run. In projects they do already.
void Loader::name_built_files(Document& document) const {
  if (buildable_.empty()) return;
  for (Build& build : document.builds) {
    const std::string path = dockerfile_of(document, build);
    if (path.empty() || is_buildable(path)) continue;
    const std::string name = projects_.real_name(path, normal_path(folder_of(document.source->path())));
    if (name == path) continue;
    build.dockerfile_path = document.arena.copy(name);
    build.is_located = true;
  }
}

/// Whether a Dockerfile of the run takes its build arguments from this file, in whatever way it is read.
bool Loader::is_borrowed_from(const ProjectFile& compose) const {
  if (!options_.variants) return false;
  return std::ranges::any_of(all_readings(compose), [&](const Document* reading) {
    return std::ranges::any_of(reading->builds, [&](const Build& build) {
      return build.gives_anything() && is_buildable(dockerfile_of(*reading, build));
    });
  });
}

void Loader::use_early(ProjectFile& file, std::size_t item) const {
  if (includes_.has(file.source->path())) return;  // others borrow from it
  if (!options_.early.use || !file.variants.empty() || is_borrowed_from(file)) return;
  file.take = options_.early.use(file, item);
}

/// What the run builds of this file.
const DockerfileBuild* Loader::build_of(const Source& source) const {
  const auto found = builds_.empty() ? builds_.end() : builds_.find(normal_path(source.path()));
  return found == builds_.end() ? nullptr : &found->second;
}

Result<ProjectFile> Loader::read(std::size_t item) {
  const KindInfo& kind = *found_[item].kind;
  auto file = open(item);
  if (!file) return file;
  if (kind.doubt && !found_[item].named && !found_[item].chosen)
    file->doubt = kind.doubt(file->source->bytes());
  if (!file->doubt.empty()) return file;
  ReadOptions options = read_options(options_, with_contexts(options_, contexts_, item));
  if (projects_.read(kind, options, *file)) {
    if (projects_.is_apart(*file)) use_early(*file, item);
    return file;
  }
  if (kind.reads_env_files) {
    options.environment = &environments_.find(environment_name(file->source->path()))->second;
    if (file->source->bytes().find("COMPOSE_PROJECT_NAME") != std::string_view::npos)
      options.project_name = folder_name(file->source->path(), disk_);
  }
  options.is_named = found_[item].named;
  const auto chart = charts_.find(item);
  if (chart != charts_.end()) options.chart = chart->second->chart;
  const DockerfileBuild* build = kind.is_built ? build_of(*file->source) : nullptr;
  const std::size_t own_contexts = options.contexts.size();
  if (build) {
    options.contexts.insert(options.contexts.end(), build->contexts.begin(), build->contexts.end());
    options.built = build->built;
  }
  if (const auto places = places_.find(item); places != places_.end()) options.places = places->second;
  if (const auto* named =
          kind.compose_files ? projects_.named_by(normal_path(file->source->path())) : nullptr)
    file->includes = *named;
  if (kind.includes) includes_.add_to(options, file->source->path());
  file->document = options.chart ? read_chart_values(disk_, *file->source, options, kind)
                                 : kind.read(*file->source, options);
  name_built_files(*file->document);
  if (chart != charts_.end() && options_.keeps_projects)
    file->read_with = read_with_values(*chart->second, *file->document);
  if (kind.includes) includes_.mark_left_out(*file->document);
  if (kind.reads_env_files && file->document->is_compose) {
    add_environment_troubles(*file->document, options_, project_);
    projects_.add_faults(*file);
  }
  if (build) {
    file->document->is_never_built = !build->ways.empty() && !build->is_built_plainly;
    options.contexts.resize(own_contexts);
    if (options_.variants) read_as_built(*build, most_work_, kind, std::move(options), *file);
  }
  projects_.mark_outside(*file);
  use_early(*file, item);
  return file;
}

void Loader::take(ProjectFile file) {
  note_build_args(*file.document, options_, project_);
  std::ranges::move(assembly::remarks_on(*file.document), std::back_inserter(project_.remarks_of_documents));
  if (!file.document->kind->is_built && !file.in_project)
    collect_builds(*file.document, builds_, options_.variants && !file.take);
  if (file.take) {
    std::exchange(file.take, {})(file);
    file.document.reset();
    file.variants.clear();
  }
  if (file.source) project_.files.push_back(std::move(file));
}

void Loader::leave_out(std::size_t item, const std::string& why, const std::string& path) {
  if (options_.early.missing) options_.early.missing(item);
  project_.remarks.push_back(
      {.message = "left out: " + why, .hint = "name it to have it read", .path = path});
}

void Loader::miss(std::size_t item, Error error) {
  if (options_.early.missing) options_.early.missing(item);
  errors_.emplace(item, std::move(error));
}

void Loader::finish() {
  // Of a compose file the projects that have it may have told.
  std::set<std::pair<std::string, std::string>> told;
  for (std::size_t i = earlier_errors_; i < project_.errors.size(); ++i)
    told.emplace(normal_path(project_.errors[i].path), project_.errors[i].message);
  std::vector<Error> errors;
  for (auto& [item, error] : errors_)
    if (!told.contains({normal_path(error.path), error.message})) errors.push_back(std::move(error));
  // Those of environment files follow.
  project_.errors.insert(project_.errors.begin() + static_cast<std::ptrdiff_t>(earlier_errors_),
                         std::make_move_iterator(errors.begin()), std::make_move_iterator(errors.end()));
  std::sort(project_.files.begin(), project_.files.end(),
            [](const ProjectFile& a, const ProjectFile& b) { return a.index < b.index; });
}

}  // namespace

void load_project(std::vector<FoundFile> found, const LoadOptions& options, FileSystem& files,
                  Project& into) {
  Loader(std::move(found), options, files, into).run();
}

void load_text(std::string path, std::string bytes, const KindInfo& kind, const LoadOptions& options,
               FileSystem& files, Project& into) {
  Loader loader({{.path = std::move(path), .kind = &kind}}, options, files, into);
  loader.give_text(std::move(bytes));
  loader.run();
}

}  // namespace imglint
