#include "source/overlay_file_system.hpp"

namespace imglint {

FileResult<FileContent> OverlayFileSystem::read(const std::string& path, std::uint64_t max_bytes) {
  const auto status = own_status(path);
  if (!status) return under_->read(path, max_bytes);
  if (!*status) return status->error();
  FileContent content{.status = **status};
  if (content.status.size <= max_bytes) content.bytes = over_.at(path);
  return content;
}

FileResult<FileContent> OverlayFileSystem::read_below(const std::string& path, std::size_t given,
                                                      std::uint64_t max_bytes) {
  return own_status(path) ? read(path, max_bytes) : under_->read_below(path, given, max_bytes);
}

/// Of a file that was put on top or hidden; nothing for any other.
std::optional<FileResult<FileStatus>> OverlayFileSystem::own_status(const std::string& path) const {
  if (const auto over = over_.find(path); over != over_.end())
    return FileStatus{.size = over->second.size(), .permissions = 0644};
  if (hidden_.contains(path)) return FileResult<FileStatus>(std::errc::no_such_file_or_directory);
  return std::nullopt;
}

FileResult<FileStatus> OverlayFileSystem::status(const std::string& path) {
  const auto own = own_status(path);
  return own ? *own : under_->status(path);
}

FileResult<FileStatus> OverlayFileSystem::link_status(const std::string& path) {
  const auto own = own_status(path);
  return own ? *own : under_->link_status(path);
}

FileResult<FileStatus> OverlayFileSystem::hold_folder(const std::string&) {
  return std::errc::read_only_file_system;
}
FileResult<FileHandle> OverlayFileSystem::open_device(const std::string&) {
  return std::errc::read_only_file_system;
}
FileResult<FileHandle> OverlayFileSystem::create(const std::string&) {
  return std::errc::read_only_file_system;
}
FileResult<FileHandle> OverlayFileSystem::create_shared(const std::string&) {
  return std::errc::read_only_file_system;
}
FileResult<std::size_t> OverlayFileSystem::write(FileHandle, std::string_view) {
  return std::errc::read_only_file_system;
}
FileResult<void> OverlayFileSystem::copy_attributes(const std::string&, const FileStatus&, FileHandle) {
  return std::errc::read_only_file_system;
}
FileResult<void> OverlayFileSystem::sync(FileHandle) { return std::errc::read_only_file_system; }
FileResult<void> OverlayFileSystem::close(FileHandle) { return std::errc::read_only_file_system; }
FileResult<void> OverlayFileSystem::rename(const std::string&, const std::string&) {
  return std::errc::read_only_file_system;
}
FileResult<void> OverlayFileSystem::remove(const std::string&) { return std::errc::read_only_file_system; }
FileResult<void> OverlayFileSystem::sync_folder(const std::string&) {
  return std::errc::read_only_file_system;
}
FileResult<void> OverlayFileSystem::sync_all(const std::string&) { return std::errc::read_only_file_system; }

}  // namespace imglint
