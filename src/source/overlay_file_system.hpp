// OverlayFileSystem: a disk on which some files hold other bytes, for looking at a change before it is made.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "source/file_system.hpp"

namespace imglint {

/// Reads what lies under it, but for the files that were put on top or hidden. Writes nothing: every changing
/// call is refused.
class OverlayFileSystem final : public FileSystem {
 public:
  explicit OverlayFileSystem(FileSystem& under) : under_(&under) {}

  /// By the same path as it will be read with.
  void put(const std::string& path, std::string bytes) { over_.insert_or_assign(path, std::move(bytes)); }

  /// As if there were no such file.
  void hide(const std::string& path) { hidden_.insert(path); }

  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileContent> read_below(const std::string& path, std::size_t given,
                                     std::uint64_t max_bytes) override;
  FileResult<FileStatus> status(const std::string& path) override;
  FileResult<FileStatus> link_status(const std::string& path) override;
  FileResult<std::string> read_link(const std::string& path) override { return under_->read_link(path); }
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override { return under_->list(path); }
  FileResult<std::string> resolve(const std::string& path) override { return under_->resolve(path); }
  FileResult<void> may_write(const std::string& path) override { return under_->may_write(path); }

  FileResult<FileStatus> hold_folder(const std::string& path) override;
  void release_folder(const std::string&) override {}
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
  [[nodiscard]] std::optional<FileResult<FileStatus>> own_status(const std::string& path) const;

  FileSystem* under_;
  std::map<std::string, std::string, std::less<>> over_;
  std::set<std::string, std::less<>> hidden_;
};

}  // namespace imglint
