#include "playground/held_files.hpp"

#include <utility>

#include "base/path.hpp"

namespace imglint::playground {
namespace {

std::string absolute(std::string_view path) { return normal_path('/' + std::string(path)); }

}  // namespace

HeldFiles::HeldFiles(const std::map<std::string, std::string>& files) {
  std::uint64_t inode = 1;
  const auto add = [&](const std::string& path, FileKind kind, const std::string& bytes) {
    const auto [at, is_new] = nodes_.try_emplace(path);
    if (!is_new) return false;
    at->second = {.status = {.kind = kind, .inode = inode++, .size = bytes.size(), .permissions = 0444},
                  .bytes = bytes};
    return true;
  };
  add("/", FileKind::folder, {});
  for (const auto& [name, bytes] : files) {
    const std::string path = absolute(name);
    std::string folder(folder_of(path));
    add(path, FileKind::regular, bytes);
    while (add(folder, FileKind::folder, {})) folder = std::string(folder_of(folder));
  }
}

FileResult<FileContent> HeldFiles::read(const std::string& path, std::uint64_t max_bytes) {
  const auto found = nodes_.find(absolute(path));
  if (found == nodes_.end()) return std::errc::no_such_file_or_directory;
  const Node& node = found->second;
  FileContent content{.status = node.status, .bytes = {}};
  if (node.bytes.size() <= max_bytes) content.bytes = node.bytes;
  return content;
}

FileResult<FileStatus> HeldFiles::status(const std::string& path) {
  const auto found = nodes_.find(absolute(path));
  if (found == nodes_.end()) return std::errc::no_such_file_or_directory;
  return found->second.status;
}

FileResult<std::vector<FolderEntry>> HeldFiles::list(const std::string& path) {
  const std::string folder = absolute(path);
  const auto found = nodes_.find(folder);
  if (found == nodes_.end()) return std::errc::no_such_file_or_directory;
  if (found->second.status.kind != FileKind::folder) return std::errc::not_a_directory;
  std::vector<FolderEntry> entries;
  for (const auto& [name, node] : nodes_)
    if (name != "/" && folder_of(name) == folder)
      entries.push_back({std::string(name_of(name)), node.status.kind});
  return entries;
}

FileResult<std::string> HeldFiles::resolve(const std::string& path) {
  const auto found = nodes_.find(absolute(path));
  if (found == nodes_.end()) return std::errc::no_such_file_or_directory;
  return found->first;
}

}  // namespace imglint::playground
