// What was loaded, whole.
#include <algorithm>

#include "project/compose/projects.hpp"
#include "project/includes.hpp"
#include "project/project.hpp"

namespace imglint {

Project::Project() = default;
Project::~Project() = default;

FileStatuses Project::statuses() const {
  FileStatuses all;
  const auto add = [&](const auto& file) {
    if (file.source && file.status.inode != 0) all.emplace(file.source.get(), file.status);
  };
  for (const ProjectFile& file : files) add(file);
  for (const auto& entry : environment) add(entry.second);
  return all;
}

std::vector<const Document*> all_readings(const ProjectFile& file) {
  std::vector<const Document*> all;
  if (file.document) all.push_back(file.document.get());
  for (const auto& variant : file.variants) all.push_back(variant.get());
  return all;
}

const ProjectFile* Project::find(std::string_view path) const {
  const auto found =
      std::ranges::find_if(files, [&](const ProjectFile& file) { return file.source->path() == path; });
  return found == files.end() ? nullptr : &*found;
}

std::vector<const Document*> Project::documents() const {
  std::vector<const Document*> all;
  for (const ProjectFile& file : files) {
    const std::vector<const Document*> readings = all_readings(file);
    all.insert(all.end(), readings.begin(), readings.end());
  }
  return all;
}

void note_build_args(const Document& document, const LoadOptions& options, Project& project) {
  if (options.build_args.empty()) return;
  for (const Argument& argument : document.arguments) {
    const auto is_it = [&](const auto& given) { return given.first == argument.name; };
    if (std::ranges::any_of(options.build_args, is_it)) project.declared_build_args.emplace(argument.name);
  }
}

}  // namespace imglint
