#include "project/staged.hpp"

#include <set>
#include <string>

#include "project/work_trees.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

class StagedFiles {
 public:
  StagedFiles(FileSystem& files, const std::string& git, OverlayFileSystem& on_top)
      : files_(files), trees_(files, git), on_top_(on_top) {}

  void put(const std::string& path) {
    if (!done_.insert(path).second) return;
    const auto folder = files_.resolve(std::string(folder_of(path)));
    const auto top = folder ? trees_.top_of(*folder) : std::nullopt;
    if (!top) return;
    const Result<GitRepository>& repository = trees_.repository(*top);
    if (!repository) return;
    const std::string whole = join_path(*folder, name_of(path));
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

void put_staged(FileSystem& files, std::span<const FoundFile> found, OverlayFileSystem& on_top,
                const std::string& git) {
  StagedFiles staged(files, git, on_top);
  for (const FoundFile& file : found) {
    staged.put(file.path);
    if (!file.kind->reads_env_files) continue;
    const std::size_t slash = file.path.rfind('/');
    staged.put(file.path.substr(0, slash == std::string::npos ? 0 : slash + 1) + ".env");
  }
}

}  // namespace imglint
