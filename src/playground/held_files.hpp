// HeldFiles: a disk that is a few texts in memory. For reading only.
#pragma once

#include <map>
#include <string>

#include "source/file_system.hpp"

namespace imglint::playground {

class HeldFiles final : public FileSystem {
 public:
  /// By their paths below the current folder, which is the root. A path that leads out of it is below it,
  /// too.
  explicit HeldFiles(const std::map<std::string, std::string>& files);

  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileContent> read_below(const std::string& path, std::size_t, std::uint64_t max_bytes) override {
    return read(path, max_bytes);
  }
  FileResult<FileStatus> status(const std::string& path) override;
  FileResult<FileStatus> link_status(const std::string& path) override { return status(path); }
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override;
  FileResult<std::string> resolve(const std::string& path) override;

  FileResult<void> may_write(const std::string&) override { return refusal; }
  FileResult<FileStatus> hold_folder(const std::string&) override { return refusal; }
  void release_folder(const std::string&) override {}
  FileResult<FileHandle> open_device(const std::string&) override { return refusal; }
  FileResult<FileHandle> create(const std::string&) override { return refusal; }
  FileResult<FileHandle> create_shared(const std::string&) override { return refusal; }
  FileResult<std::size_t> write(FileHandle, std::string_view) override { return refusal; }
  FileResult<void> copy_attributes(const std::string&, const FileStatus&, FileHandle) override {
    return refusal;
  }
  FileResult<void> sync(FileHandle) override { return refusal; }
  FileResult<void> close(FileHandle) override { return refusal; }
  FileResult<void> rename(const std::string&, const std::string&) override { return refusal; }
  FileResult<void> remove(const std::string&) override { return refusal; }
  FileResult<void> sync_folder(const std::string&) override { return refusal; }
  FileResult<void> sync_all(const std::string&) override { return refusal; }

 private:
  static constexpr std::errc refusal = std::errc::read_only_file_system;

  /// A file, or a folder with no bytes.
  struct Node {
    FileStatus status;
    std::string bytes;
  };

  std::map<std::string, Node> nodes_;  ///< by absolute path
};

}  // namespace imglint::playground
