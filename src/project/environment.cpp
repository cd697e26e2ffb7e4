#include "project/environment.hpp"

#include <memory>
#include <utility>

#include "base/path.hpp"
#include "project/compose/projects.hpp"
#include "source/inside.hpp"

namespace imglint {
namespace {

/// A `.env` that nobody named. Tells if a link leads to it.
Result<FileContent> read_beside(const std::string& path, const LoadOptions& options, FileSystem& files,
                                bool& is_link) {
  const auto folder = files.resolve(std::string(folder_of(path)));
  if (!folder) return file_error("cannot read", path, folder.error());
  const auto here = files.resolve(".");
  std::string real;
  auto content = read_file_inside(files, path, own_tree(files, *folder, here ? *here : std::string()),
                                  options.max_bytes, &real);
  is_link = content && !real.empty() && real != join_path(*folder, name_of(path));
  return content;
}

}  // namespace

std::string beside(std::string_view path, std::string_view name) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash + 1)).append(name);
}

std::string folder_name(const std::string& path, FileSystem& files) {
  const std::string folder = beside(path, "");
  const auto resolved = files.resolve(folder.empty() ? "." : folder);
  return resolved ? resolved->substr(resolved->rfind('/') + 1) : std::string();
}

const EnvironmentFile& environment_file(const std::string& path, bool required, const LoadOptions& options,
                                        FileSystem& files, Project& project) {
  if (const auto link = project.environment_links.find(path); link != project.environment_links.end())
    return environment_file(link->second, required, options, files, project);
  const auto [entry, is_new] = project.environment.try_emplace(path);
  EnvironmentFile& file = entry->second;
  if (!is_new) return file;
  const auto status = files.status(path);
  if (!required && !status && is_absent(status.error())) return file;
  const bool stands_in = status && status->inode == 0;  // a text that was read before, or that an editor has
  bool is_link = false;
  auto content = required || stands_in ? read_file(files, path, options.max_bytes)
                                       : read_beside(path, options, files, is_link);
  if (!content) {
    project.errors.push_back(std::move(content).error());
    return file;
  }
  if (is_link && project.compose) {
    const std::string folder = normal_path(folder_of(path));
    const std::string name = project.compose->sources().real_name(path, folder);
    if (name != normal_path(path) && !project.environment_links.contains(name)) {
      project.environment.erase(entry);
      project.environment_links.emplace(path, name);
      return environment_file(name, required, options, files, project);
    }
  }
  file.status = content->status;
  file.source = std::make_unique<Source>(path, std::move(content->bytes));
  file.content = read_env_file(*file.source, options.env, file.arena);
  return file;
}

std::vector<std::string> environment_paths(std::string_view path, const LoadOptions& options) {
  if (!options.env_files.empty()) return options.env_files;
  return {beside(path, ".env")};
}

void add_environment_troubles(Document& document, const LoadOptions& options, const Project& project) {
  for (const std::string& path : environment_paths(document.source->path(), options)) {
    const auto link = project.environment_links.find(path);
    const bool is_link = link != project.environment_links.end();
    const auto found = project.environment.find(is_link ? link->second : path);
    if (found == project.environment.end()) continue;
    for (const Trouble& trouble : found->second.content.troubles) {
      const Location place{found->second.source.get(), trouble.span};
      if (trouble.kind == Trouble::Kind::required_variable)
        document.environment_lacks.push_back({place, trouble.message});
      if (EnvironmentFile::is_refused_for(trouble))
        document.environment_troubles.push_back({place, trouble.message});
    }
  }
}

void add_values(const EnvironmentFile& file, TemplateValues& values) {
  for (const GivenValue& value : file.content.values)
    values.set(value.name, {VariableSource::env_file, value.value, value.too_long});
}

}  // namespace imglint
