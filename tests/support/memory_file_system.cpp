#include "tests/support/memory_file_system.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace imglint::test {

MemoryFileSystem::MemoryFileSystem() { names_["/"] = new_node(FileKind::folder); }

std::uint64_t MemoryFileSystem::new_node(FileKind kind) {
  const std::uint64_t inode = next_inode_++;
  const std::uint32_t permissions = kind == FileKind::folder ? 0755 : 0644;
  nodes_[inode].status = {
      .kind = kind, .device = 1, .inode = inode, .modified = now_++, .permissions = permissions};
  return inode;
}

/// Absolute, without doubled slashes and single dots. Names with `..` are not for this file system.
std::string MemoryFileSystem::clean(const std::string& path) const {
  std::string result = "/";
  for (std::size_t at = 0; at < path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, end - at);
    if (!part.empty() && part != ".") result = join_path(result, part);
    at = end + 1;
  }
  return result;
}

void MemoryFileSystem::add_folders(const std::string& path) {
  for (std::string folder(folder_of(path)); !names_.contains(folder); folder = folder_of(folder))
    names_[folder] = new_node(FileKind::folder);
}

void MemoryFileSystem::put(const std::string& path, std::string bytes) {
  const std::string name = clean(path);
  add_folders(name);
  if (!names_.contains(name)) names_[name] = new_node(FileKind::regular);
  Node& file = nodes_[names_[name]];
  file.status.size = bytes.size();
  file.status.modified = now_++;
  file.bytes = std::move(bytes);
}

void MemoryFileSystem::put_link(const std::string& path, const std::string& target) {
  add_folders(clean(path));
  nodes_[names_[clean(path)] = new_node(FileKind::symbolic_link)].bytes = target;
}

void MemoryFileSystem::put_hard_link(const std::string& path, const std::string& existing) {
  add_folders(clean(path));
  const std::uint64_t inode = names_.at(clean(existing));
  names_[clean(path)] = inode;
  ++nodes_[inode].status.links;
}

void MemoryFileSystem::put_other(const std::string& path) {
  add_folders(clean(path));
  names_[clean(path)] = new_node(FileKind::other);
}

void MemoryFileSystem::set_permissions(const std::string& path, std::uint32_t permissions) {
  nodes_[names_.at(clean(path))].status.permissions = permissions;
}

void MemoryFileSystem::set_attribute(const std::string& path, const std::string& name,
                                     const std::string& value) {
  nodes_[names_.at(clean(path))].attributes[name] = value;
}

const MemoryFileSystem::Node& MemoryFileSystem::node(const std::string& path) const {
  return nodes_.at(names_.at(clean(path)));
}

std::string MemoryFileSystem::bytes(const std::string& path) const { return node(path).bytes; }

std::uint32_t MemoryFileSystem::permissions(const std::string& path) const {
  return node(path).status.permissions;
}

std::map<std::string, std::string> MemoryFileSystem::attributes(const std::string& path) const {
  return node(path).attributes;
}

std::vector<std::string> MemoryFileSystem::paths() const {
  std::vector<std::string> result;
  for (const auto& [path, inode] : names_)
    if (nodes_.at(inode).status.kind != FileKind::folder) result.push_back(path);
  return result;
}

void MemoryFileSystem::fail_at(std::size_t call, std::errc code) {
  failing_call_ = log_.size() + call;
  failure_ = code;
}

std::optional<std::errc> MemoryFileSystem::begin(const std::string& call, bool changes) {
  if (hook_) hook_(call);
  const std::lock_guard lock(*log_mutex_);
  log_.push_back(call);
  if (changes) writes_.push_back(call);
  if (failing_call_ == log_.size() - 1) return failure_;
  return std::nullopt;
}

MemoryFileSystem::Node* MemoryFileSystem::find(const std::string& path, bool follow, std::string* resolved) {
  std::string name = clean(path);
  for (int links = 0; links < 40; ++links) {
    const auto known = names_.find(name);
    if (known == names_.end()) return nullptr;
    Node& found = nodes_[known->second];
    if (resolved != nullptr) *resolved = name;
    if (!follow || found.status.kind != FileKind::symbolic_link) return &found;
    name = found.bytes.starts_with('/') ? clean(found.bytes) : clean(join_path(folder_of(name), found.bytes));
  }
  return nullptr;
}

FileResult<FileContent> MemoryFileSystem::read(const std::string& path, std::uint64_t max_bytes) {
  if (const auto failure = begin("read " + path, false)) return *failure;
  const Node* file = find(path, true);
  if (file == nullptr) return std::errc::no_such_file_or_directory;
  FileContent content{.status = file->status};
  if (file->status.kind == FileKind::regular && file->bytes.size() <= max_bytes) content.bytes = file->bytes;
  return content;
}

/// Only the file itself can be a link here: folders are none.
FileResult<FileContent> MemoryFileSystem::read_below(const std::string& path, std::size_t,
                                                     std::uint64_t max_bytes) {
  const Node* file = find(path, false);
  if (file != nullptr && file->status.kind == FileKind::symbolic_link)
    return std::errc::too_many_symbolic_link_levels;
  return read(path, max_bytes);
}

FileResult<FileStatus> MemoryFileSystem::status(const std::string& path) {
  if (const auto failure = begin("status " + path, false)) return *failure;
  const Node* file = find(path, true);
  if (file == nullptr) return std::errc::no_such_file_or_directory;
  return file->status;
}

FileResult<FileStatus> MemoryFileSystem::link_status(const std::string& path) {
  if (const auto failure = begin("link_status " + path, false)) return *failure;
  const Node* file = find(path, false);
  if (file == nullptr) return std::errc::no_such_file_or_directory;
  return file->status;
}

FileResult<std::vector<FolderEntry>> MemoryFileSystem::list(const std::string& path) {
  if (const auto failure = begin("list " + path, false)) return *failure;
  const std::string folder = clean(path);
  if (!names_.contains(folder)) return std::errc::no_such_file_or_directory;
  std::vector<FolderEntry> entries;
  for (const auto& [name, inode] : names_)
    if (name != "/" && folder_of(name) == folder)
      entries.push_back({std::string(name_of(name)), nodes_[inode].status.kind});
  return entries;
}

FileResult<std::string> MemoryFileSystem::resolve(const std::string& path) {
  if (const auto failure = begin("resolve " + path, false)) return *failure;
  std::string resolved;
  if (find(path, true, &resolved) == nullptr) return std::errc::no_such_file_or_directory;
  return resolved;
}

FileResult<void> MemoryFileSystem::may_write(const std::string& path) {
  if (const auto failure = begin("may_write " + path, false)) return *failure;
  const Node* file = find(path, true);
  if (file == nullptr) return std::errc::no_such_file_or_directory;
  if ((file->status.permissions & 0200) == 0) return std::errc::permission_denied;
  return {};
}

FileResult<FileStatus> MemoryFileSystem::hold_folder(const std::string& path) {
  if (const auto failure = begin("hold_folder " + path, false)) return *failure;
  const Node* folder = find(path, false);
  if (folder == nullptr) return std::errc::no_such_file_or_directory;
  return folder->status;
}

FileResult<FileHandle> MemoryFileSystem::open_device(const std::string& path) {
  if (const auto failure = begin("open_device " + path, true)) return *failure;
  return std::errc::no_such_device;
}

FileResult<FileHandle> MemoryFileSystem::create(const std::string& path) {
  if (const auto failure = begin("create " + path, true)) return *failure;
  const std::string name = clean(path);
  if (names_.contains(name)) return std::errc::file_exists;
  if (!names_.contains(std::string(folder_of(name)))) return std::errc::no_such_file_or_directory;
  names_[name] = new_node(FileKind::regular);
  nodes_[names_[name]].status.permissions = 0600;
  open_[next_handle_] = names_[name];
  return static_cast<FileHandle>(next_handle_++);
}

FileResult<FileHandle> MemoryFileSystem::create_shared(const std::string& path) {
  auto file = create(path);
  if (file) nodes_[open_.at(static_cast<int>(*file))].status.permissions = 0644;
  return file;
}

FileResult<std::size_t> MemoryFileSystem::write(FileHandle file, std::string_view bytes) {
  if (const auto failure = begin("write", true)) return *failure;
  Node& target = nodes_[open_.at(static_cast<int>(file))];
  const std::string_view taken = bytes.substr(0, longest_write_);
  target.bytes += taken;
  target.status.size = target.bytes.size();
  target.status.modified = now_++;
  return taken.size();
}

FileResult<void> MemoryFileSystem::copy_attributes(const std::string& model, const FileStatus& status,
                                                   FileHandle file) {
  if (const auto failure = begin("copy_attributes " + model, true)) return *failure;
  Node& target = nodes_[open_.at(static_cast<int>(file))];
  target.status.owner = status.owner;
  target.status.group = status.group;
  target.status.permissions = status.permissions;
  target.attributes = node(model).attributes;
  return {};
}

FileResult<void> MemoryFileSystem::sync(FileHandle file) {
  EXPECT_TRUE(open_.contains(static_cast<int>(file)));
  if (const auto failure = begin("sync", true)) return *failure;
  return {};
}

FileResult<void> MemoryFileSystem::close(FileHandle file) {
  EXPECT_EQ(open_.erase(static_cast<int>(file)), 1U);
  if (const auto failure = begin("close", true)) return *failure;
  return {};
}

FileResult<void> MemoryFileSystem::rename(const std::string& from, const std::string& to) {
  if (const auto failure = begin("rename " + from + " -> " + to, true)) return *failure;
  const auto source = names_.find(clean(from));
  if (source == names_.end()) return std::errc::no_such_file_or_directory;
  if (const auto replaced = names_.find(clean(to)); replaced != names_.end())
    --nodes_[replaced->second].status.links;
  names_[clean(to)] = source->second;
  names_.erase(clean(from));
  return {};
}

FileResult<void> MemoryFileSystem::remove(const std::string& path) {
  if (const auto failure = begin("remove " + path, true)) return *failure;
  if (names_.erase(clean(path)) == 0) return std::errc::no_such_file_or_directory;
  return {};
}

FileResult<void> MemoryFileSystem::sync_folder(const std::string& path) {
  if (const auto failure = begin("sync_folder " + path, true)) return *failure;
  return {};
}

FileResult<void> MemoryFileSystem::sync_all(const std::string& folder) {
  if (const auto failure = begin("sync_all " + folder, true)) return *failure;
  return {};
}

}  // namespace imglint::test
