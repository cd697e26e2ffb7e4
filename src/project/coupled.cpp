#include "project/coupled.hpp"

#include <algorithm>
#include <set>

#include "kinds/kind.hpp"
#include "project/git_files.hpp"
#include "source/inside.hpp"

namespace imglint {

bool has_coupled(const Project& run) {
  const auto documents = run.documents();
  return std::ranges::any_of(documents, [](const Document* document) {
    return std::ranges::any_of(document->parts, [](const Part& part) { return part.kind->is_coupled; });
  });
}

std::vector<std::string> trees_around(FileSystem& files, std::span<const std::string> paths) {
  const auto here = files.resolve(".");
  std::set<std::string> trees, whole;
  for (const std::string& path : paths) {
    const auto status = files.status(path);
    const bool is_folder = status && status->kind == FileKind::folder;
    const auto folder = files.resolve(is_folder ? path : std::string(folder_of(path)));
    const auto tree = folder ? work_tree_of(files, *folder) : std::nullopt;
    if (!tree) continue;
    trees.insert(*tree);
    if (is_folder && *folder == *tree) whole.insert(*tree);
  }
  std::vector<std::string> shown;
  for (const std::string& tree : trees)
    if (!whole.contains(tree)) shown.push_back(here && *here == tree ? "." : tree);
  return shown;
}

void load_coupled(std::vector<FoundFile> around, const Project& run, LoadOptions options, FileSystem& files,
                  Project& into) {
  std::set<std::string> own;
  for (const Document* document : run.documents())
    if (const auto path = files.resolve(document->source->path())) own.insert(*path);
  std::erase_if(around, [&](const FoundFile& file) {
    if (!file.kind->is_coupled) return true;
    const auto path = files.resolve(file.path);
    return !path || own.contains(*path);
  });
  if (around.empty()) return;
  options.early = {};
  options.on_progress = {};
  options.variants = false;
  load_project(std::move(around), options, files, into);
}

}  // namespace imglint
