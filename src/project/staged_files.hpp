// StagedFileSystem: the disk, but for files of git work trees that the index has otherwise. Those are as they
// are in the index, and what is in none of it is not there.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "project/work_trees.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// What was never in a repository stays as it is on the disk: an ignored environment file, say. What is
/// written goes to the disk; who compares with what is written over must read from there.
class StagedFileSystem final : public FileSystem {
 public:
  /// `git` is the program.
  explicit StagedFileSystem(FileSystem& under, const std::string& git = "git");

  /// The disk itself.
  [[nodiscard]] FileSystem& under() const { return *under_; }
  /// Whether there is a file on the disk that the index does not have: one whose removal is staged, or that
  /// is only meant to be added.
  [[nodiscard]] bool hides(const std::string& path);

  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileContent> read_below(const std::string& path, std::size_t given,
                                     std::uint64_t max_bytes) override;
  void forget_folders() override { under_->forget_folders(); }
  FileResult<FileStatus> status(const std::string& path) override;
  FileResult<FileStatus> link_status(const std::string& path) override;
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override;
  FileResult<std::string> resolve(const std::string& path) override;
  FileResult<void> may_write(const std::string& path) override { return under_->may_write(path); }

  FileResult<FileStatus> hold_folder(const std::string& path) override { return under_->hold_folder(path); }
  void release_folder(const std::string& path) override { under_->release_folder(path); }
  FileResult<FileHandle> open_device(const std::string& path) override { return under_->open_device(path); }
  FileResult<FileHandle> create(const std::string& path) override { return under_->create(path); }
  FileResult<FileHandle> create_shared(const std::string& path) override {
    return under_->create_shared(path);
  }
  FileResult<std::size_t> write(FileHandle file, std::string_view bytes) override {
    return under_->write(file, bytes);
  }
  FileResult<void> copy_attributes(const std::string& model, const FileStatus& status,
                                   FileHandle file) override {
    return under_->copy_attributes(model, status, file);
  }
  FileResult<void> sync(FileHandle file) override { return under_->sync(file); }
  FileResult<void> close(FileHandle file) override { return under_->close(file); }
  FileResult<void> rename(const std::string& from, const std::string& to) override {
    return under_->rename(from, to);
  }
  FileResult<void> remove(const std::string& path) override { return under_->remove(path); }
  FileResult<void> sync_folder(const std::string& path) override { return under_->sync_folder(path); }
  FileResult<void> sync_all(const std::string& folder) override { return under_->sync_all(folder); }

 private:
  /// A file that the index and the disk have otherwise.
  struct Difference {
    bool is_absent = false;            ///< in the index
    std::optional<std::string> bytes;  ///< those of the index, once they were asked for
  };
  using Differences = std::map<std::string, Difference, std::less<>>;  ///< by path from the top
  struct Folder {
    std::string resolved;
    std::string top;                     ///< of its work tree
    Differences* differences = nullptr;  ///< of its work tree; null if there are none
  };

  const Folder& folder_at(const std::string& path);
  Differences& differences_of(const std::string& top);
  /// Of a file; null if the disk has it as the index does. Holds its bytes unless it is absent.
  const Difference* difference_at(const std::string& path);
  /// Of a file that is otherwise in the index; nothing for any other.
  std::optional<FileResult<FileStatus>> own_status(const std::string& path);

  FileSystem* under_;
  WorkTrees trees_;
  std::mutex mutex_;  ///< for what follows, and the work trees
  std::map<std::string, Folder, std::less<>> folders_;
  std::map<std::string, Differences, std::less<>> differences_;  ///< by top
};

}  // namespace imglint
