// A file system that refuses all that writes: what an editor has open over a disk, or files held in memory.
#pragma once

#include "source/file_system.hpp"

namespace imglint {

class ReadOnlyFileSystem : public FileSystem {
 public:
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
};

}  // namespace imglint
