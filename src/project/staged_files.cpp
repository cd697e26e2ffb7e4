#include "project/staged_files.hpp"

#include <algorithm>
#include <utility>

namespace imglint {
namespace {

/// The part of a resolved path that is below the top of its work tree.
std::string path_from_top(const std::string& path, const std::string& top) {
  return path.substr(top == "/" ? 1 : top.size() + 1);
}

/// What a link leads to; the path itself of anything else.
std::string behind_link(FileSystem& disk, const std::string& path) {
  const auto status = disk.link_status(path);
  if (!status || status->kind != FileKind::symbolic_link) return path;
  auto target = disk.resolve(path);
  return target ? *std::move(target) : path;
}

}  // namespace

StagedFileSystem::StagedFileSystem(FileSystem& under, const std::string& git)
    : under_(&under), trees_(under, git) {}

StagedFileSystem::Differences& StagedFileSystem::differences_of(const std::string& top) {
  const auto [known, is_new] = differences_.try_emplace(top);
  if (!is_new) return known->second;
  const Result<GitRepository>& repository = trees_.repository(top);
  // Where git cannot say, who asks for changes is told.
  const auto state = repository ? repository->index_state() : Result<IndexState>(repository.error());
  if (!state) return known->second;
  for (const std::string& path : state->changed) known->second[path];
  for (const std::string& path : state->absent) known->second[path].is_absent = true;
  return known->second;
}

const StagedFileSystem::Folder& StagedFileSystem::folder_at(const std::string& path) {
  const auto [known, is_new] = folders_.try_emplace(path);
  Folder& folder = known->second;
  if (!is_new) return folder;
  const auto resolved = under_->resolve(path);
  if (!resolved) return folder;
  folder.resolved = *resolved;
  const auto top = trees_.top_of(*resolved);
  if (!top) return folder;
  folder.top = *top;
  Differences& differences = differences_of(*top);
  if (!differences.empty()) folder.differences = &differences;
  return folder;
}

const StagedFileSystem::Difference* StagedFileSystem::difference_at(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const Folder& folder = folder_at(std::string(folder_of(path)));
  if (!folder.differences) return nullptr;
  const std::string name = path_from_top(join_path(folder.resolved, name_of(path)), folder.top);
  const auto found = folder.differences->find(name);
  if (found == folder.differences->end()) return nullptr;
  Difference& difference = found->second;
  if (!difference.is_absent && !difference.bytes) {
    auto bytes = trees_.repository(folder.top)->staged_bytes(name);
    if (!bytes) return nullptr;
    difference.bytes = *std::move(bytes);
  }
  return &difference;
}

bool StagedFileSystem::hides(const std::string& path) {
  const Difference* difference = difference_at(path);
  return difference && difference->is_absent && under_->link_status(path);
}

std::optional<FileResult<FileStatus>> StagedFileSystem::own_status(const std::string& path) {
  const Difference* difference = difference_at(path);
  if (!difference) return std::nullopt;
  if (difference->is_absent) return FileResult<FileStatus>(std::errc::no_such_file_or_directory);
  return FileStatus{.size = difference->bytes->size(), .permissions = 0644};
}

FileResult<FileContent> StagedFileSystem::read(const std::string& path, std::uint64_t max_bytes) {
  const std::string real = behind_link(*under_, path);
  const auto status = own_status(real);
  if (!status) return under_->read(path, max_bytes);
  if (!*status) return status->error();
  FileContent content{.status = **status, .bytes = {}};
  if (content.status.size <= max_bytes) content.bytes = *difference_at(real)->bytes;
  return content;
}

FileResult<FileContent> StagedFileSystem::read_below(const std::string& path, std::size_t given,
                                                     std::uint64_t max_bytes) {
  return own_status(behind_link(*under_, path)) ? read(path, max_bytes)
                                                : under_->read_below(path, given, max_bytes);
}

FileResult<FileStatus> StagedFileSystem::status(const std::string& path) {
  const auto own = own_status(behind_link(*under_, path));
  return own ? *own : under_->status(path);
}

FileResult<FileStatus> StagedFileSystem::link_status(const std::string& path) {
  const auto own = own_status(path);
  return own ? *own : under_->link_status(path);
}

FileResult<std::vector<FolderEntry>> StagedFileSystem::list(const std::string& path) {
  auto entries = under_->list(path);
  if (!entries) return entries;
  const std::lock_guard lock(mutex_);
  const Folder& folder = folder_at(path);
  if (!folder.differences) return entries;
  const std::string before = path_from_top(join_path(folder.resolved, ""), folder.top);
  auto next = folder.differences->lower_bound(before);
  for (; next != folder.differences->end() && next->first.starts_with(before); ++next) {
    const std::string name = next->first.substr(before.size());
    if (name.find('/') != std::string::npos) continue;
    std::erase_if(*entries, [&](const FolderEntry& entry) { return entry.name == name; });
    if (!next->second.is_absent) entries->push_back({name, FileKind::regular});
  }
  return entries;
}

FileResult<std::string> StagedFileSystem::resolve(const std::string& path) {
  const Difference* difference = difference_at(path);
  if (!difference) return under_->resolve(path);
  if (difference->is_absent) return std::errc::no_such_file_or_directory;
  const std::lock_guard lock(mutex_);
  return join_path(folder_at(std::string(folder_of(path))).resolved, name_of(path));
}

}  // namespace imglint
