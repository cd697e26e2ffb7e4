#include "project/staged.hpp"

#include <set>
#include <string>

#include "base/path.hpp"
#include "project/work_trees.hpp"
#include "source/read_file.hpp"
#include "tree/view.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint {
namespace {

class StagedFiles {
 public:
  StagedFiles(FileSystem& files, const std::string& git, OverlayFileSystem& on_top)
      : files_(files), trees_(files, git), on_top_(on_top) {}

  void put(const std::string& path) {
    if (!done_.insert(path).second) return;
    // What is only meant to be added has nothing in the index.
    if (const auto status = files_.status(path); !status && is_absent(status.error())) return;
    // A link has what the index has of the file that it leads to.
    std::string whole;
    if (auto real = files_.resolve(path)) {
      whole = *std::move(real);
    } else {
      const auto folder = files_.resolve(std::string(folder_of(path)));
      if (!folder) return;
      whole = join_path(*folder, name_of(path));
    }
    const auto top = trees_.top_of(std::string(folder_of(whole)));
    if (!top) return;
    const Result<GitRepository>& repository = trees_.repository(*top);
    if (!repository) return;
    auto bytes = repository->staged_bytes(whole.substr(*top == "/" ? 1 : top->size() + 1));
    if (!bytes) return;
    const auto there = files_.read(path, largest_max_file_size);
    if (!there || there->bytes != *bytes) on_top_.put(path, *std::move(bytes));
  }

 private:
  FileSystem& files_;
  WorkTrees trees_;
  OverlayFileSystem& on_top_;
  std::set<std::string> done_;
};

}  // namespace

std::vector<std::string> included_env_files(FileSystem& files, const std::string& path) {
  const auto content = read_file(files, path, default_max_file_size);
  // Nearly no file has both words.
  if (!content || content->bytes.find("include") == std::string::npos ||
      content->bytes.find("env_file") == std::string::npos)
    return {};
  const Source source(path, content->bytes);
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, static_cast<std::uint32_t>(source.bytes().size()), arena);
  if (parsed.trouble || yaml::unsafe_aliases(parsed.tree)) return {};
  std::vector<std::string> paths;
  compose::View view(parsed.tree);
  const auto add = [&](compose::Position at) {
    const std::string_view text = view.text(at);
    if (!text.empty())
      paths.push_back(text.starts_with('/') ? std::string(text) : join_path(folder_of(path), text));
  };
  for (std::size_t document = 0; document < parsed.tree.documents.size(); ++document)
    for (const compose::Position item : view.items(view.find(view.top(document), "include"))) {
      const compose::Position named = view.find(item, "env_file");
      add(named);
      for (const compose::Position each : view.items(named)) add(each);
    }
  return paths;
}

void put_staged(FileSystem& files, std::span<const FoundFile> found, OverlayFileSystem& on_top,
                const std::string& git, std::span<const std::string> env_files) {
  StagedFiles staged(files, git, on_top);
  const auto put_all = [&](std::span<const std::string> paths) {
    for (const std::string& path : paths) {
      staged.put(path);
      staged.put(normal_path(path));  // as a project names it
    }
  };
  put_all(env_files);
  for (const FoundFile& file : found) {
    staged.put(file.path);
    if (!file.kind->reads_env_files) continue;
    const std::size_t slash = file.path.rfind('/');
    staged.put(file.path.substr(0, slash == std::string::npos ? 0 : slash + 1) + ".env");
    put_all(included_env_files(on_top, file.path));
  }
}

}  // namespace imglint
