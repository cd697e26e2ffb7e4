#include "engine/project.hpp"

#include <algorithm>
#include <iterator>
#include <thread>

#include "engine/builds.hpp"
#include "engine/parallel.hpp"
#include "parse/compose.hpp"
#include "parse/dockerfile.hpp"

namespace imglint {
namespace {

ReadOptions read_options(const LoadOptions& options, const std::vector<std::string>& contexts) {
  return {.env = options.env,
          .build_args = options.build_args,
          .contexts = contexts,
          .max_bytes = static_cast<std::uint32_t>(options.max_bytes),
          .salvage = options.salvage};
}

using Contexts = std::vector<std::vector<std::string>>;

/// Named contexts for each file, those of the options first.
Contexts contexts_of_files(const LoadOptions& options, const Project& project) {
  Contexts contexts(project.files.size(), options.contexts);
  if (!options.contexts_of) return contexts;
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    std::vector<std::string> more = options.contexts_of(project.files[i].source->path());
    std::move(more.begin(), more.end(), std::back_inserter(contexts[i]));
  }
  return contexts;
}

std::size_t threads(const LoadOptions& options) {
  return options.jobs > 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
}

void tell(const LoadOptions& options, std::string_view what, std::size_t item, std::size_t total) {
  if (options.on_progress) options.on_progress(what, item + 1, total);
}

std::string beside(std::string_view path, std::string_view name) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash + 1)).append(name);
}

/// The assignments of one file, read once for all compose files that use it.
const EnvironmentFile& environment_file(const std::string& path, bool required, const LoadOptions& options,
                                        FileSystem& files, Project& project) {
  const auto [entry, is_new] = project.environment.try_emplace(path);
  EnvironmentFile& file = entry->second;
  if (!is_new) return file;
  if (const auto status = files.status(path); !required && !status && is_absent(status.error())) return file;
  auto content = read_file(files, path, options.max_bytes);
  if (!content) {
    project.errors.push_back(std::move(content).error());
    return file;
  }
  file.status = content->status;
  file.source = std::make_unique<Source>(path, std::move(content->bytes));
  file.content = read_env_file(*file.source, options.env, file.arena);
  return file;
}

/// Values for the variables of a compose file: --env-file in the order given, or the .env beside it.
std::vector<GivenValue> environment_of(const std::string& path, const LoadOptions& options, FileSystem& files,
                                       Project& project) {
  std::vector<std::string> paths = options.env_files;
  if (paths.empty()) paths.push_back(beside(path, ".env"));
  std::vector<GivenValue> values;
  for (const std::string& name : paths) {
    const auto& more =
        environment_file(name, !options.env_files.empty(), options, files, project).content.values;
    for (const GivenValue& value : more) {
      // A later file replaces what an earlier one says.
      std::erase_if(values, [&](const GivenValue& earlier) { return earlier.name == value.name; });
      values.push_back(value);
    }
  }
  return values;
}

void read_compose_files(const LoadOptions& options, FileSystem& files, Project& project,
                        const std::vector<Dialect>& dialects, const Contexts& contexts) {
  // The small .env files are read first, in order, so that the threads below share nothing they write.
  std::vector<std::vector<GivenValue>> environments(project.files.size());
  for (std::size_t i = 0; i < project.files.size(); ++i)
    if (dialects[i] == Dialect::compose)
      environments[i] = environment_of(project.files[i].source->path(), options, files, project);
  const auto read = [&](std::size_t i) -> std::unique_ptr<Document> {
    if (dialects[i] != Dialect::compose) return nullptr;
    ReadOptions read_with = read_options(options, contexts[i]);
    read_with.env_file = environments[i];
    return read_compose(*project.files[i].source, read_with);
  };
  for_each_in_order(project.files.size(), threads(options), read, [&](std::size_t i, auto document) {
    project.files[i].document = std::move(document);
    tell(options, "parsing compose files", i, project.files.size());
    return true;
  });
}

struct DockerfileDocuments {
  std::unique_ptr<Document> plain;
  std::vector<std::unique_ptr<Document>> variants;
};

DockerfileDocuments read_with_builds(const Source& source, const LoadOptions& options, const Builds& builds,
                                     const std::vector<std::string>& contexts) {
  DockerfileDocuments result;
  ReadOptions read = read_options(options, contexts);
  const auto build = builds.empty() ? builds.end() : builds.find(normal_path(source.path()));
  if (build != builds.end())
    read.contexts.insert(read.contexts.end(), build->second.contexts.begin(), build->second.contexts.end());
  result.plain = read_dockerfile(source, read);
  if (build == builds.end()) return result;
  for (const std::vector<GivenValue>& arguments : build->second.argument_sets) {
    read.service_args = arguments;
    result.variants.push_back(read_dockerfile(source, read));
  }
  return result;
}

void read_dockerfiles(const LoadOptions& options, Project& project, const std::vector<Dialect>& dialects,
                      const Contexts& contexts) {
  Builds builds;
  for (const ProjectFile& file : project.files)
    if (file.document) collect_builds(*file.document, builds);
  const auto read = [&](std::size_t i) {
    return dialects[i] == Dialect::dockerfile
               ? read_with_builds(*project.files[i].source, options, builds, contexts[i])
               : DockerfileDocuments{};
  };
  for_each_in_order(project.files.size(), threads(options), read, [&](std::size_t i, auto documents) {
    tell(options, "parsing Dockerfiles", i, project.files.size());
    if (!documents.plain) return true;
    project.files[i].document = std::move(documents.plain);
    project.files[i].variants = std::move(documents.variants);
    return true;
  });
}

void read_documents(const LoadOptions& options, FileSystem& files, Project& project,
                    const std::vector<Dialect>& dialects) {
  const Contexts contexts = contexts_of_files(options, project);
  read_compose_files(options, files, project, dialects, contexts);
  read_dockerfiles(options, project, dialects, contexts);
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
  std::vector<Dialect> dialects;
  const auto read = [&](std::size_t i) { return read_file(files, found[i].path, options.max_bytes); };
  for_each_in_order(found.size(), threads(options), read, [&](std::size_t i, Result<FileContent> content) {
    tell(options, "reading files", i, found.size());
    if (!content) {
      into.errors.push_back(std::move(content).error());
      return true;
    }
    into.files.push_back({.source = std::make_unique<Source>(found[i].path, std::move(content->bytes)),
                          .status = content->status});
    dialects.push_back(found[i].dialect);
    return true;
  });
  read_documents(options, files, into, dialects);
}

void load_text(std::string path, std::string bytes, Dialect dialect, const LoadOptions& options,
               FileSystem& files, Project& into) {
  into.files.push_back({.source = std::make_unique<Source>(std::move(path), std::move(bytes))});
  read_documents(options, files, into, {dialect});
}

}  // namespace imglint
