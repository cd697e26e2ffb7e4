#include "engine/project.hpp"

#include <algorithm>
#include <optional>

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

void read_compose_files(const LoadOptions& options, FileSystem&, Project& project,
                        const std::vector<Dialect>& dialects) {
  parallel_for(project.files.size(), options.jobs, [&](std::size_t i) {
    if (dialects[i] != Dialect::compose) return;
    ReadOptions read = read_options(options);
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
