// OverlayFileSystem: a file system in which some files read as if they had other bytes. Nothing can be
// changed through it.
#pragma once

#include <map>
#include <string>

#include "source/file_system.hpp"

namespace imglint {

/// Borrows both. Paths are compared as given.
class OverlayFileSystem final : public FileSystem {
 public:
  OverlayFileSystem(FileSystem& below, const std::map<std::string, std::string>& changed)
      : below_(&below), changed_(&changed) {}

  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileStatus> status(const std::string& path) override { return below_->status(path); }
  FileResult<FileStatus> link_status(const std::string& path) override { return below_->link_status(path); }
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override { return below_->list(path); }
  FileResult<std::string> resolve(const std::string& path) override { return below_->resolve(path); }

  FileResult<void> may_write(const std::string&) override { return refusal; }
  FileResult<FileHandle> create(const std::string&) override { return refusal; }
  FileResult<std::size_t> write(FileHandle, std::string_view) override { return refusal; }
  FileResult<void> copy_attributes(const std::string&, const FileStatus&, FileHandle) override {
    return refusal;
  }
  FileResult<void> sync(FileHandle) override { return refusal; }
  FileResult<void> close(FileHandle) override { return refusal; }
  FileResult<void> rename(const std::string&, const std::string&) override { return refusal; }
  FileResult<void> remove(const std::string&) override { return refusal; }
  FileResult<void> sync_folder(const std::string&) override { return refusal; }

 private:
  static constexpr std::errc refusal = std::errc::read_only_file_system;

  FileSystem* below_;
  const std::map<std::string, std::string>* changed_;
};

}  // namespace imglint
