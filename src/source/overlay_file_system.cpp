#include "source/overlay_file_system.hpp"

namespace imglint {

FileResult<FileContent> OverlayFileSystem::read(const std::string& path, std::uint64_t max_bytes) {
  const auto changed = changed_->find(path);
  if (changed == changed_->end()) return below_->read(path, max_bytes);
  FileResult<FileStatus> status = below_->status(path);
  if (!status) return status.error();
  FileContent content{*status, changed->second};
  content.status.size = content.bytes.size();
  return content;
}

}  // namespace imglint
