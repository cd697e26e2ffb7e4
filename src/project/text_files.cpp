#include "project/text_files.hpp"

#include <algorithm>
#include <utility>

#include "project/parallel.hpp"
#include "project/recogniser.hpp"
#include "project/walk.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

enum class Look : std::uint8_t { text, binary, huge, unreadable };

/// A NUL near the beginning, as git and grep have it.
bool is_binary(std::string_view bytes) {
  constexpr std::size_t looked_at = 8000;
  return bytes.substr(0, looked_at).find('\0') != bytes.npos;
}

}  // namespace

std::vector<std::string> all_files(FileSystem& files, std::span<const std::string> paths,
                                   const DiscoverOptions& options) {
  WorkTrees trees(files, options.git);
  Recogniser everything = Recogniser::of_everything();
  const WalkTools tools{files, trees, everything, options.stop};
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    const auto status = files.status(path);
    if (!status) continue;
    if (status->kind == FileKind::regular) found.push_back(path);
    const auto resolved = status->kind == FileKind::folder ? files.resolve(path) : std::errc{};
    if (status->kind != FileKind::folder || !resolved) continue;
    const Folder folder{path, *resolved};
    for (const WalkedFile& file : walk_folder(tools, folder, options.no_ignore).files)
      found.push_back(folder.below(file.path).shown);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

PassedOver read_texts(FileSystem& files, const std::vector<std::string>& paths, unsigned jobs,
                      const std::function<void(std::size_t index, std::string_view bytes)>& look) {
  PassedOver passed;
  for_each_in_order(
      paths.size(), thread_count(jobs, paths.size()),
      [&](std::size_t index) {
        const auto content = files.read(paths[index], default_max_file_size);
        if (!content) return Look::unreadable;
        if (content->status.size > default_max_file_size) return Look::huge;
        if (is_binary(content->bytes)) return Look::binary;
        look(index, content->bytes);
        return Look::text;
      },
      [&](std::size_t index, Look what) {
        passed.binary += what == Look::binary ? 1 : 0;
        if (what == Look::huge) passed.huge.push_back(paths[index]);
        if (what == Look::unreadable) passed.unreadable.push_back(paths[index]);
        return true;
      });
  return passed;
}

}  // namespace imglint
