// DiskFileSystem: the FileSystem that is the disk (POSIX).
#pragma once

#include "source/file_system.hpp"

namespace imglint {

class DiskFileSystem final : public FileSystem {
 public:
  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileStatus> status(const std::string& path) override;
  FileResult<FileStatus> link_status(const std::string& path) override;
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override;
  FileResult<std::string> resolve(const std::string& path) override;
  FileResult<void> may_write(const std::string& path) override;

  FileResult<FileHandle> create(const std::string& path) override;
  FileResult<FileHandle> create_shared(const std::string& path) override;
  FileResult<std::size_t> write(FileHandle file, std::string_view bytes) override;
  FileResult<void> copy_attributes(const std::string& model, const FileStatus& status,
                                   FileHandle file) override;
  FileResult<void> sync(FileHandle file) override;
  FileResult<void> close(FileHandle file) override;
  FileResult<void> rename(const std::string& from, const std::string& to) override;
  FileResult<void> remove(const std::string& path) override;
  FileResult<void> sync_folder(const std::string& path) override;
  FileResult<void> sync_all(const std::string& folder) override;
};

}  // namespace imglint
