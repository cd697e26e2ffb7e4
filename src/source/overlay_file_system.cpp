#include "source/overlay_file_system.hpp"

namespace imglint {

FileResult<FileContent> OverlayFileSystem::read(const std::string& path, std::uint64_t max_bytes) {
  const auto over = over_.find(path);
  if (over == over_.end()) return under_->read(path, max_bytes);
  FileContent content{.status = {.size = over->second.size(), .permissions = 0644}};
  if (over->second.size() <= max_bytes) content.bytes = over->second;
  return content;
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
