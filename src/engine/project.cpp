#include "engine/project.hpp"

#include <algorithm>

#include "engine/builds.hpp"
#include "engine/parallel.hpp"
#include "parse/compose.hpp"
#include "parse/dockerfile.hpp"

namespace imglint {
namespace {

ReadOptions read_options(const LoadOptions& options) {
  return {.env = options.env,
          .build_args = options.build_args,
          .contexts = options.contexts,
          .max_bytes = static_cast<std::uint32_t>(options.max_bytes)};
}

std::string beside(std::string_view path, std::string_view name) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash + 1)).append(name);
}

/// The assignments of one file, read once for all compose files that use it. Null if there is no such file.
const EnvironmentFile* environment_file(const std::string& path, bool required, const LoadOptions& options,
                                        FileSystem& files, Project& project) {
  if (const auto known = project.environment.find(path); known != project.environment.end())
    return known->second.values ? &known->second : nullptr;
  EnvironmentFile& file = project.environment[path];
  if (!required && !files.status(path)) return nullptr;
  auto content = read_file(files, path, options.max_bytes);
  if (!content) {
    project.errors.push_back(std::move(content).error());
    return nullptr;
  }
  file.status = content->status;
  file.source = std::make_unique<Source>(path, std::move(content->bytes));
  file.values = read_env_file(*file.source, options.env);
  return &file;
}

/// Values for the variables of a compose file: --env-file in the order given, or the .env beside it.
std::vector<GivenValue> environment_of(const std::string& path, const LoadOptions& options, FileSystem& files,
                                       Project& project) {
  std::vector<std::string> paths = options.env_files;
  if (paths.empty()) paths.push_back(beside(path, ".env"));
  std::vector<GivenValue> values;
  for (const std::string& name : paths) {
    const auto* file = environment_file(name, !options.env_files.empty(), options, files, project);
    if (file) values.insert(values.end(), file->values->values.begin(), file->values->values.end());
  }
  return values;
}

void read_compose_files(const LoadOptions& options, FileSystem& files, Project& project,
                        const std::vector<Dialect>& dialects) {
  // The small .env files are read first, in order, so that the threads below only read.
  std::vector<std::vector<GivenValue>> environments(project.files.size());
  for (std::size_t i = 0; i < project.files.size(); ++i)
    if (dialects[i] == Dialect::compose)
      environments[i] = environment_of(project.files[i].source->path(), options, files, project);
  parallel_for(project.files.size(), options.jobs, [&](std::size_t i) {
    if (dialects[i] != Dialect::compose) return;
    ReadOptions read = read_options(options);
    read.env_file = std::move(environments[i]);
    project.files[i].document = read_compose(*project.files[i].source, read);
  });
}

void read_dockerfiles(const LoadOptions& options, Project& project, const std::vector<Dialect>& dialects) {
  std::map<std::string, DockerfileBuild, std::less<>> builds;
  for (const ProjectFile& file : project.files)
    if (file.document) collect_builds(*file.document, builds);
  parallel_for(project.files.size(), options.jobs, [&](std::size_t i) {
    if (dialects[i] != Dialect::dockerfile) return;
    ProjectFile& file = project.files[i];
    ReadOptions read = read_options(options);
    const auto build = builds.find(normal_path(file.source->path()));
    if (build != builds.end())
      read.contexts.insert(read.contexts.end(), build->second.contexts.begin(), build->second.contexts.end());
    file.document = read_dockerfile(*file.source, read);
    if (build == builds.end()) return;
    for (const std::vector<GivenValue>& arguments : build->second.argument_sets) {
      read.service_args = arguments;
      file.variants.push_back(read_dockerfile(*file.source, read));
    }
  });
}

void read_documents(const LoadOptions& options, FileSystem& files, Project& project,
                    const std::vector<Dialect>& dialects) {
  read_compose_files(options, files, project, dialects);
  read_dockerfiles(options, project, dialects);
}

}  // namespace

std::vector<const Document*> Project::documents() const {
  std::vector<const Document*> all;
  for (const ProjectFile& file : files) {
    all.push_back(file.document.get());
    for (const auto& variant : file.variants) all.push_back(variant.get());
  }
  return all;
}

void load_project(const std::vector<FoundFile>& found, const LoadOptions& options, FileSystem& files,
                  Project& into) {
  std::vector<std::optional<Result<FileContent>>> contents(found.size());
  parallel_for(found.size(), options.jobs,
               [&](std::size_t i) { contents[i] = read_file(files, found[i].path, options.max_bytes); });
  std::vector<Dialect> dialects;
  for (std::size_t i = 0; i < found.size(); ++i) {
    Result<FileContent>& read = *contents[i];
    if (!read) {
      into.errors.push_back(std::move(read).error());
      continue;
    }
    into.files.push_back(
        {.source = std::make_unique<Source>(found[i].path, std::move(read->bytes)), .status = read->status});
    dialects.push_back(found[i].dialect);
  }
  read_documents(options, files, into, dialects);
}

void load_text(std::string path, std::string bytes, Dialect dialect, const LoadOptions& options,
               FileSystem& files, Project& into) {
  into.files.push_back({.source = std::make_unique<Source>(std::move(path), std::move(bytes))});
  read_documents(options, files, into, {dialect});
}

}  // namespace imglint
