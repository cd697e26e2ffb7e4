// DiskFileSystem: the FileSystem that is the disk (POSIX).
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "source/descriptor.hpp"
#include "source/file_system.hpp"

namespace imglint {

class DiskFileSystem final : public FileSystem {
 public:
  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileContent> read_below(const std::string& path, std::size_t given,
                                     std::uint64_t max_bytes) override;
  void forget_folders() override { given_.clear(); }
  FileResult<FileStatus> status(const std::string& path) override;
  FileResult<FileStatus> link_status(const std::string& path) override;
  FileResult<std::string> read_link(const std::string& path) override;
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override;
  FileResult<std::string> resolve(const std::string& path) override;
  FileResult<void> may_write(const std::string& path) override;

  FileResult<FileStatus> hold_folder(const std::string& path) override;
  void release_folder(const std::string& path) override;
  FileResult<FileHandle> open_device(const std::string& path) override;
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

 private:
  /// Where a path is looked up: in a folder that is held, by name and without following a link, or from the
  /// current folder.
  struct Place {
    int folder;
    const char* path;
    bool held;
  };
  [[nodiscard]] Place place_of(const std::string& path) const;
  [[nodiscard]] Descriptor open_folder(const std::string& path) const;
  /// The folder to look in for what stands behind the given part of a path.
  [[nodiscard]] FileResult<int> given_folder(std::string_view given);

  std::map<std::string, Descriptor, std::less<>> held_;
  std::mutex given_mutex_;
  std::map<std::string, Descriptor, std::less<>> given_;  ///< by the path that was given
};

}  // namespace imglint
