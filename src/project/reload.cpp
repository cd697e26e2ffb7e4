#include "project/reload.hpp"

#include <algorithm>

#include "project/compose/run_files.hpp"
#include "source/overlay_file_system.hpp"

namespace imglint {
namespace {

std::string bytes_of(const Source& source, const std::map<std::string, std::string>& changed) {
  const auto found = changed.find(source.path());
  return found != changed.end() ? found->second : std::string(source.bytes());
}

/// What was only read for a compose project is not changed after a reload either.
void keep_outside(const Project& project, Project& into) {
  for (const ProjectFile& file : project.files) {
    if (!file.is_outside) continue;
    const auto again = std::ranges::find(into.files, file.source->path(), [](const ProjectFile& each) {
      return std::string_view(each.source->path());
    });
    if (again != into.files.end() && again->document) assembly::mark_outside(*again);
  }
}

}  // namespace

void reload_project(const Project& project, const std::map<std::string, std::string>& changed, bool is_text,
                    LoadOptions options, FileSystem& files, Project& into) {
  options.brings_files = false;
  options.max_bytes = largest_max_file_size;  // a change may lengthen a file
  OverlayFileSystem overlay(files);
  for (const auto& [path, file] : project.environment) {
    if (!file.source) overlay.hide(path);
    if (file.source) overlay.put(path, bytes_of(*file.source, changed));
  }
  if (is_text) {
    const ProjectFile& file = project.files.front();
    return load_text(file.source->path(), bytes_of(*file.source, changed), *file.document->kind, options,
                     overlay, into);
  }
  std::vector<FoundFile> found;
  for (const ProjectFile& file : project.files) {
    overlay.put(file.source->path(), bytes_of(*file.source, changed));
    found.push_back({.path = file.source->path(), .kind = file.document->kind, .named = true});
  }
  load_project(found, options, overlay, into);
  keep_outside(project, into);
}

}  // namespace imglint
