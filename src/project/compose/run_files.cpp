#include "project/compose/run_files.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "base/path.hpp"
#include "base/quote.hpp"
#include "expansion/env_file.hpp"
#include "expansion/template.hpp"
#include "kinds/compose/file.hpp"
#include "kinds/index.hpp"
#include "project/given.hpp"
#include "source/read_file.hpp"

namespace imglint::assembly {
namespace {

/// What counts in one reading of a file is of no interest where it does not count.
void leave_out_what_counts_elsewhere(ProjectFile& file) {
  if (file.variants.empty()) return;
  using Place = std::pair<std::uint32_t, std::string_view>;
  std::set<Place> counting;
  std::vector<Document*> readings = {file.document.get()};
  for (const auto& variant : file.variants) readings.push_back(variant.get());
  for (const Document* reading : readings)
    for (const ImageUse& use : reading->uses)
      if (use.active) counting.emplace(use.span.begin, use.path);
  std::set<Place> kept;
  for (Document* reading : readings)
    std::erase_if(reading->uses, [&](const ImageUse& use) {
      if (use.active) return false;
      const Place place{use.span.begin, use.path};
      return counting.contains(place) || !kept.insert(place).second;
    });
}

/// After files were added.
void sort_by_path(std::vector<FoundFile>& found) {
  const auto comes_before = [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; };
  if (!std::ranges::is_sorted(found, comes_before)) std::ranges::stable_sort(found, comes_before);
}

}  // namespace

/// Env files of projects are files of the run like others.
void RunFiles::take_environments() {
  for (auto& [path, file] : project_.compose->sources().all()) {
    if (!file.owned || file.parsed) continue;
    EnvironmentFile& taken = project_.environment[path];
    taken.status = file.status;
    taken.source = std::move(file.owned);
    taken.content = file.assignments ? *std::exchange(file.assignments, std::nullopt)
                                     : read_env_file(*taken.source, options_.env, taken.arena);
  }
}

void RunFiles::bring(const std::string& path, const KindInfo& kind, KnownFiles& known) {
  const std::string name = normal_path(path);
  if (known.find(name)) return;
  std::string left_out = options_.left_out ? options_.left_out(name) : std::string();
  if (!left_out.empty() && !options_.keeps_left_out) return;
  known.add({.path = name, .kind = &kind});
  if (!left_out.empty())
    left_out_.emplace(name, std::move(left_out));
  else if (options_.only_changed || !is_given(name, options_.given))
    outside_.insert(name);
}

/// A template anywhere in a file that docker compose cannot fill in.
static std::optional<Trouble> fault_of_template(const Reading& reading) {
  Arena scratch;
  ExpansionBudget budget(reading.file->source->bytes().size());
  for (const compose::Node& node : reading.view.tree().nodes) {
    if (node.kind != compose::NodeKind::scalar || node.key || node.value.find("${") == node.value.npos)
      continue;
    const Interpolation found = interpolate({node.value, {}}, reading.scope->values, scratch, &budget);
    if (found.fault && found.fault->kind != Trouble::Kind::unjudged)
      return Trouble{
          .kind = found.fault->kind, .span = {node.mark, node.mark}, .message = found.fault->message};
  }
  return std::nullopt;
}

/// What is left out is not judged, and yet its mistake stops the project that reads it.
void RunFiles::tell_fault_of_left_out(const Reading& reading) {
  const SourceFile& file = *reading.file;
  std::optional<Trouble> fault = file.parsed->trouble;
  for (const std::vector<Trouble>* troubles : {&file.refused, &reading.troubles})
    for (const Trouble& trouble : *troubles)
      if (!fault && trouble.kind != Trouble::Kind::remark) fault = trouble;
  if (!fault) fault = fault_of_template(reading);
  if (!fault || !told_.insert(file.source->path()).second) return;
  const Position at = file.source->position(fault->span.begin);
  project_.remarks.push_back(
      {.message = "docker compose stops here, in a file that is left out: " + fault->message,
       .path = file.source->path(),
       .line = at.line,
       .column = at.column});
}

void RunFiles::add_files(const RunProject& each, const KindInfo& compose, const KindInfo* built,
                         KnownFiles& known) {
  const bool brings = each.brings_files && options_.brings_files;
  for (const Reading& reading : each.project->readings) {
    const std::string& path = reading.file->source->path();
    if (brings) bring(path, compose, known);
    FoundFile* file = known.find(path);
    if (brings && !file) tell_fault_of_left_out(reading);
    if (file) file->kind = &compose;
  }
  if (!brings || !built) return;
  for (const AssembledService& service : each.project->services) {
    if (!service.build || service.build->dockerfile.empty()) continue;
    const std::string& path = service.build->dockerfile;
    if (!known.find(path) && project_.compose->sources().is_file_inside(path, each.project->folder))
      bring(path, *built, known);
  }
}

std::vector<std::string> RunFiles::compose_files_of(const FoundFile& file) const {
  const auto content = file.given < file.path.size()
                           ? read_file_below(disk_, file.path, file.given, options_.max_bytes)
                           : read_file(disk_, file.path, options_.max_bytes);
  if (!content) return {};
  const Source source(file.path, content->bytes);
  std::vector<std::string> paths;
  for (const std::string& name : file.kind->compose_files(source))
    paths.push_back(normal_path(name.starts_with('/') ? name : join_path(folder_of(file.path), name)));
  return paths;
}

/// Of files such as devcontainers that are run with compose files: those are read whatever their names are.
std::vector<ProjectRequest> RunFiles::named_projects(std::vector<FoundFile>& found, const KindInfo& compose,
                                                     KnownFiles& known) {
  std::vector<ProjectRequest> requests;
  const bool any = std::ranges::any_of(found, [](const FoundFile& file) { return file.kind->compose_files; });
  if (!any || !options_.compose_files.empty()) return requests;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const FoundFile file = found[i];
    if (!file.kind->compose_files) continue;
    std::vector<std::string> paths = compose_files_of(file);
    if (paths.empty()) continue;
    const std::string folder(folder_of(file.path));
    ProjectRequest request{.folder = folder};
    bool is_asked = false;
    Sources& sources = project_.compose->sources();
    for (std::string& path : paths) {
      if (!sources.is_file_inside(path, folder)) {
        project_.remarks.push_back(
            {.message = "not read: " + quote(path) + " is no file of this repository", .path = file.path});
        continue;
      }
      request.files.push_back(path);
      path = sources.real_name(path, folder);
      if (options_.brings_files && (!file.named || options_.brings_of_named)) bring(path, compose, known);
      FoundFile* at = known.find(path);
      if (!at) continue;
      is_asked = true;
      at->kind = &compose;
    }
    named_.emplace(normal_path(file.path), std::move(paths));
    if (is_asked) requests.push_back(std::move(request));
  }
  return requests;
}

const std::vector<std::string>* RunFiles::named_by(const std::string& path) const {
  const auto found = named_.find(path);
  return found == named_.end() ? nullptr : &found->second;
}

void RunFiles::find(std::vector<FoundFile>& found, Builds& builds) {
  const KindInfo* compose = nullptr;
  const KindInfo* built = nullptr;
  for (const KindInfo* kind : all_kinds()) {
    if (kind->reads_env_files) compose = kind;
    if (kind->is_built) built = kind;
  }
  if (!compose) return;
  const bool any = std::any_of(found.begin(), found.end(), [](const FoundFile& file) {
    return file.kind->reads_env_files || file.kind->is_built || file.kind->compose_files;
  });
  if (!any && options_.compose_files.empty()) return;
  project_.compose = std::make_unique<ComposeProjects>(disk_, options_.max_bytes);
  KnownFiles known(found);
  Sources& sources = project_.compose->sources();
  sources.begin(found, known);
  std::vector<ProjectRequest> requests = named_projects(found, *compose, known);
  requests.insert(requests.begin(), options_.projects.begin(), options_.projects.end());
  project_.compose->assemble(found, known,
                             {.env = options_.env,
                              .env_files = options_.env_files,
                              .files = options_.compose_files,
                              .directory = options_.project_directory,
                              .profiles = options_.profiles,
                              .configured = std::move(requests),
                              .jobs = options_.jobs,
                              .keeps_items = options_.keeps_projects,
                              .brings_of_named = options_.brings_of_named});
  sources.forget_known();
  take_environments();
  // An env file of a project that is named itself is no Dockerfile, which a file of any other name would be.
  const auto erased = std::erase_if(found, [&](const FoundFile& file) {
    return file.named && file.kind == built && project_.environment.contains(normal_path(file.path));
  });
  if (project_.compose->projects().empty()) return sort_by_path(found);
  if (erased > 0) known = KnownFiles(found);
  std::set<std::tuple<std::string, std::uint32_t, std::uint32_t, std::string>> told;
  for (const RunProject& each : project_.compose->projects()) {
    add_files(each, *compose, built, known);
    for (const Error& error : each.project->errors)  // an option may be wrong for all projects
      if (told.emplace(error.path, error.line, error.column, error.message).second)
        project_.errors.push_back(error);
    project_.remarks.insert(project_.remarks.end(), each.project->remarks.begin(),
                            each.project->remarks.end());
    note_faults(*each.project, each.folder, found);
    collect_builds(*each.project, builds, options_.variants);
  }
  if (options_.early.use_group && !options_.keeps_projects) find_groups(known);
  sort_by_path(found);
}

/// A project of which not even the first file is there: a compose file of its folder says so, at the place in
/// the environment file, else it is told of the run.
void RunFiles::note_faults(const ComposeProject& project, const std::string& folder,
                           const std::vector<FoundFile>& found) {
  if (project.untold.empty()) return;
  const auto teller = std::ranges::find_if(found, [&](const FoundFile& file) {
    return file.kind->reads_env_files && normal_path(folder_of(file.path)) == normal_path(folder);
  });
  if (teller == found.end())
    project_.errors.insert(project_.errors.end(), project.untold.begin(), project.untold.end());
  else
    faulty_.emplace(normal_path(teller->path), &project);
}

void RunFiles::add_faults(ProjectFile& file) const {
  const auto found = faulty_.empty() ? faulty_.end() : faulty_.find(normal_path(file.source->path()));
  if (found == faulty_.end()) return;
  auto& known = file.document->environment_troubles;
  for (const auto& fault : found->second->env_faults)
    if (std::ranges::find(known, fault) == known.end()) known.push_back(fault);
}

void RunFiles::find_groups(const KnownFiles& known) {
  std::vector<std::size_t> joined;  // each group, and one that it is a part of
  const auto last_of = [&](std::size_t group) {
    while (joined[group] != group) group = joined[group] = joined[joined[group]];
    return group;
  };
  std::unordered_map<std::string_view, std::size_t> of_env_files;  // what is found in one may not be for all
  for (const RunProject& each : project_.compose->projects()) {
    const std::size_t own = joined.size();
    joined.push_back(own);
    const auto join = [&](const auto& member) {
      if (!member.second) joined[last_of(member.first->second)] = own;
    };
    for (const Reading& reading : each.project->readings)
      if (const std::string& path = reading.file->source->path(); known.find(path))
        join(group_numbers_.try_emplace(path, own));
    for (const std::string& path : each.project->read)
      if (project_.environment.contains(path)) join(of_env_files.try_emplace(path, own));
  }
  group_sizes_.resize(joined.size());
  for (auto& [path, group] : group_numbers_) ++group_sizes_[group = last_of(group)];
}

std::vector<std::size_t> RunFiles::put_groups_together(const std::vector<FoundFile>& found,
                                                       std::vector<std::uint32_t>& items) const {
  std::vector<std::size_t> ends;
  if (group_sizes_.empty()) return ends;
  std::map<std::size_t, std::vector<std::uint32_t>> begun;  // groups
  std::vector<std::uint32_t> ordered;
  const auto add = [&](std::span<const std::uint32_t> group) {
    ordered.insert(ordered.end(), group.begin(), group.end());
    ends.push_back(ordered.size());
  };
  for (const std::uint32_t& item : items) {
    const auto group = group_numbers_.find(normal_path(found[item].path));
    if (group == group_numbers_.end() || group_sizes_[group->second] == 1) {
      add({&item, 1});
      continue;
    }
    std::vector<std::uint32_t>& members = begun[group->second];
    members.push_back(item);
    if (members.size() < group_sizes_[group->second]) continue;
    add(members);
    begun.erase(group->second);
  }
  for (const auto& [group, members] : begun)  // what it lacks is of another kind
    for (const std::uint32_t& item : members) add({&item, 1});
  items = std::move(ordered);
  return ends;
}

std::string RunFiles::real_name(const std::string& path, const std::string& folder) const {
  return project_.compose ? project_.compose->sources().real_name(path, folder) : path;
}

bool RunFiles::has(const std::string& path) const {
  return project_.compose && project_.compose->readings_of(normal_path(path));
}

std::optional<ProjectFile> RunFiles::open(const std::string& path, std::size_t index) const {
  const auto* readings = project_.compose ? project_.compose->readings_of(normal_path(path)) : nullptr;
  if (!readings) return std::nullopt;
  SourceFile& file = *readings->front().reading->file;
  if (!file.owned) return std::nullopt;
  return ProjectFile{.source = std::move(file.owned), .status = file.status, .index = index};
}

bool RunFiles::is_apart(const ProjectFile& file) const {
  if (!file.variants.empty() || options_.keeps_projects) return false;
  const auto* readings = project_.compose->readings_of(file.source->path());
  if (readings->front().project->parts.size() != 1) return false;
  const auto group = group_numbers_.find(file.source->path());
  return group == group_numbers_.end() || group_sizes_[group->second] == 1;
}

void RunFiles::mark_outside(ProjectFile& file) const {
  if (const auto why = left_out_.find(file.source->path()); why != left_out_.end())
    file.document->troubles.push_back(left_out_remark(why->second));
  if (!outside_.contains(file.source->path())) return;
  const bool is_given_too = is_given(file.source->path(), options_.given);
  assembly::mark_outside(file, is_given_too ? "it has not changed" : lies_outside);
}

bool RunFiles::read(const KindInfo& kind, ReadOptions options, ProjectFile& file) const {
  if (!kind.reads_env_files || !project_.compose) return false;
  const auto* readings = project_.compose->readings_of(normal_path(file.source->path()));
  if (!readings) return false;
  file.in_project = true;
  for (const auto& [project, reading, part] : *readings) {
    options.environment = &reading->scope->values;
    options.part = part;
    options.built.clear();
    if (part->built) options.built.push_back(part->built);
    auto document = kind.read(*file.source, options);
    for (const Trouble& trouble : reading->troubles) {
      const bool is_told =
          std::any_of(document->troubles.begin(), document->troubles.end(), [&](const Trouble& told) {
            return told.span.begin == trouble.span.begin && told.kind != Trouble::Kind::remark &&
                   (told.kind != Trouble::Kind::required_variable || trouble.kind != Trouble::Kind::remark);
          });
      if (!is_told) document->troubles.push_back(trouble);
    }
    std::ranges::stable_sort(document->troubles, {}, &Trouble::span);
    document->project = project->project.get();
    document->environment_lacks = project->project->env_lacks;
    document->lacks_variables = project->project->lacks_variables;
    const bool is_main = reading == &project->project->readings.front();
    if (is_main) document->environment_troubles = project->project->env_faults;
    if (!file.document)
      file.document = std::move(document);
    else
      file.variants.push_back(std::move(document));
  }
  if (!options_.keeps_projects) ComposeProjects::release(*readings);
  leave_out_what_counts_elsewhere(file);
  add_faults(file);
  mark_outside(file);
  return true;
}

void mark_outside(ProjectFile& file, std::string_view why) {
  file.is_outside = true;
  const Trouble remark = {
      .kind = Trouble::Kind::remark,
      .message = "read as a part of a compose project; " + std::string(why) + " and is left as it is",
      .blocks_edits = true};
  file.document->troubles.push_back(remark);
  for (const auto& variant : file.variants) variant->troubles.push_back(remark);
}

Trouble left_out_remark(const std::string& why) {
  return {.kind = Trouble::Kind::remark,
          .message = "read only for those who need it: " + why + "; name it to have it changed",
          .blocks_edits = true};
}

std::vector<Error> remarks_on(const Document& document) {
  std::vector<Error> remarks;
  for (const Trouble& trouble : document.troubles) {
    if (!trouble.is_of_whole_file) continue;
    const Position at = document.source->position(trouble.span.begin);
    remarks.push_back(
        {.message = trouble.message, .path = document.source->path(), .line = at.line, .column = at.column});
  }
  return remarks;
}

}  // namespace imglint::assembly
