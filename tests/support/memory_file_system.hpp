// A file system in memory that counts and logs what is asked of it and fails where a test wants it to.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/file_system.hpp"

namespace imglint::test {

class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem();

  /// Makes a file and its folders, or gives an existing one new bytes (and a new time).
  void put(const std::string& path, std::string bytes);
  void put_link(const std::string& path, const std::string& target);
  /// A second name for a file.
  void put_hard_link(const std::string& path, const std::string& existing);
  void put_other(const std::string& path);  ///< a device, a FIFO
  void set_permissions(const std::string& path, std::uint32_t permissions);
  void set_attribute(const std::string& path, const std::string& name, const std::string& value);

  [[nodiscard]] std::string bytes(const std::string& path) const;
  [[nodiscard]] std::uint32_t permissions(const std::string& path) const;
  [[nodiscard]] std::map<std::string, std::string> attributes(const std::string& path) const;
  [[nodiscard]] std::vector<std::string> paths() const;  ///< of all but folders, sorted

  /// `read /a`, `rename /a -> /b`: all calls, or those that change something.
  [[nodiscard]] const std::vector<std::string>& log() const { return log_; }
  [[nodiscard]] const std::vector<std::string>& writes() const { return writes_; }

  /// The n-th call from now (0 is the next) fails.
  void fail_at(std::size_t call, std::errc code);
  /// Called before each call, with its log line.
  void on_call(std::function<void(const std::string&)> hook) { hook_ = std::move(hook); }
  /// A call of write() takes at most so many bytes.
  void set_longest_write(std::size_t bytes) { longest_write_ = bytes; }

  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileContent> read_below(const std::string& path, std::size_t given,
                                     std::uint64_t max_bytes) override;
  FileResult<FileStatus> status(const std::string& path) override;
  FileResult<FileStatus> link_status(const std::string& path) override;
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override;
  FileResult<std::string> resolve(const std::string& path) override;
  FileResult<void> may_write(const std::string& path) override;
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
  struct Node {
    FileStatus status;
    std::string bytes;  ///< of a symbolic link: its target
    std::map<std::string, std::string> attributes;
  };

  std::uint64_t new_node(FileKind kind);
  void add_folders(const std::string& path);
  /// Logs a call; the failure it shall have, if any.
  std::optional<std::errc> begin(const std::string& call, bool changes);
  [[nodiscard]] std::string clean(const std::string& path) const;
  Node* find(const std::string& path, bool follow, std::string* resolved = nullptr);
  [[nodiscard]] const Node& node(const std::string& path) const;

  std::map<std::string, std::uint64_t> names_;  ///< absolute path to inode
  std::map<std::uint64_t, Node> nodes_;
  std::map<int, std::uint64_t> open_;
  /// Files are read by several threads. Behind a pointer, so that the object can be moved.
  std::unique_ptr<std::mutex> log_mutex_ = std::make_unique<std::mutex>();
  std::vector<std::string> log_;
  std::vector<std::string> writes_;
  std::function<void(const std::string&)> hook_;
  std::optional<std::size_t> failing_call_;
  std::errc failure_{};
  std::size_t longest_write_ = static_cast<std::size_t>(-1);
  std::uint64_t next_inode_ = 1;
  int next_handle_ = 3;
  std::int64_t now_ = 1'000'000'000;
};

}  // namespace imglint::test
