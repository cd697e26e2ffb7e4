#include "project/environment.hpp"

#include <memory>
#include <utility>

#include "source/inside.hpp"

namespace imglint {
namespace {

/// A `.env` that nobody named.
Result<FileContent> read_beside(const std::string& path, const LoadOptions& options, FileSystem& files) {
  const auto folder = files.resolve(std::string(folder_of(path)));
  if (!folder) return file_error("cannot read", path, folder.error());
  const auto here = files.resolve(".");
  return read_file_inside(files, path, own_tree(files, *folder, here ? *here : std::string()),
                          options.max_bytes);
}

}  // namespace

std::string beside(std::string_view path, std::string_view name) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash + 1)).append(name);
}

const EnvironmentFile& environment_file(const std::string& path, bool required, const LoadOptions& options,
                                        FileSystem& files, Project& project) {
  const auto [entry, is_new] = project.environment.try_emplace(path);
  EnvironmentFile& file = entry->second;
  if (!is_new) return file;
  const auto status = files.status(path);
  if (!required && !status && is_absent(status.error())) return file;
  const bool stands_in = status && status->inode == 0;  // a text that was read before, or that an editor has
  auto content =
      required || stands_in ? read_file(files, path, options.max_bytes) : read_beside(path, options, files);
  if (!content) {
    project.errors.push_back(std::move(content).error());
    return file;
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

void add_values(const EnvironmentFile& file, TemplateValues& values) {
  for (const GivenValue& value : file.content.values)
    values.set(value.name, {VariableSource::env_file, value.value, value.too_long});
}

}  // namespace imglint
