// FileSystem: the only way to the disk, but for reports (source/input_file.hpp). An interface in small steps,
// so that tests can stand in for the disk and make any single step fail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/result.hpp"

namespace imglint {

enum class FileKind : std::uint8_t { regular, folder, symbolic_link, other };

/// What identifies one version of one file.
struct FileStatus {
  FileKind kind = FileKind::regular;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;         ///< bytes
  std::int64_t modified = 0;      ///< nanoseconds since 1970
  std::uint32_t permissions = 0;  ///< the low twelve bits of the mode
  std::uint32_t links = 1;
  std::uint32_t owner = 0;
  std::uint32_t group = 0;
};
/// Nobody wrote, replaced or re-owned the file between two looks. The number of links may differ.
[[nodiscard]] bool same_version(const FileStatus& a, const FileStatus& b);

struct FileContent {
  FileStatus status;
  std::string bytes;
};

struct FolderEntry {
  std::string name;
  FileKind kind = FileKind::regular;
};

/// A file that is being written.
enum class FileHandle : int {};

/// An answer of the system: a value, or an errno.
template <class T>
using FileResult = Result<T, std::errc>;

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// One open, one look at the opened file, one read. The bytes are read only if it is a regular file of at
  /// most `max_bytes`; else the status (whose size is then larger) says why not. Never waits for a writer of
  /// a FIFO.
  virtual FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) = 0;
  /// As read(), but only the first `given` bytes of the path may lead through symbolic links. What stands
  /// behind them was found by walking; if it leads through a link by now, the answer is
  /// too_many_symbolic_link_levels.
  virtual FileResult<FileContent> read_below(const std::string& path, std::size_t given,
                                             std::uint64_t max_bytes) = 0;
  /// read_below() may keep open what paths were given with, which in a long run may be replaced: from here on
  /// they are opened anew. Not while another thread reads.
  virtual void forget_folders() {}
  /// Follows symbolic links.
  virtual FileResult<FileStatus> status(const std::string& path) = 0;
  /// Of a symbolic link itself.
  virtual FileResult<FileStatus> link_status(const std::string& path) = 0;
  /// Where a symbolic link leads, as it is written.
  virtual FileResult<std::string> read_link(const std::string&) { return std::errc::not_supported; }
  /// Without `.` and `..`, in any order. Symbolic links are not followed.
  virtual FileResult<std::vector<FolderEntry>> list(const std::string& path) = 0;
  /// The absolute path without symbolic links of an existing file or folder.
  virtual FileResult<std::string> resolve(const std::string& path) = 0;
  /// No error if the process may write to the file.
  virtual FileResult<void> may_write(const std::string& path) = 0;

  /// Keeps a folder open, given by a path that resolve() gave; gives what identifies it. Until it is let go,
  /// what is asked about `folder/name` is done in the folder that was opened, whatever has become of the
  /// path, and a symbolic link of that name is not followed. Only while no other thread uses the file system.
  virtual FileResult<FileStatus> hold_folder(const std::string& path) = 0;
  virtual void release_folder(const std::string& path) = 0;

  /// What is there and no regular file, but takes bytes: a pipe, a terminal.
  virtual FileResult<FileHandle> open_device(const std::string& path) = 0;
  /// A new file that only the owner can read; an error if there is anything of that name.
  virtual FileResult<FileHandle> create(const std::string& path) = 0;
  /// The same with the permissions that a program's results usually get (the process's umask).
  virtual FileResult<FileHandle> create_shared(const std::string& path) = 0;
  /// The number of bytes written, which may be less than given.
  virtual FileResult<std::size_t> write(FileHandle file, std::string_view bytes) = 0;
  /// Gives the new file owner, group, extended attributes (access control lists among them) and permissions
  /// of the file at `model`, whose status is given. What differs already is left alone.
  virtual FileResult<void> copy_attributes(const std::string& model, const FileStatus& status,
                                           FileHandle file) = 0;
  /// Waits until the bytes are on the disk.
  virtual FileResult<void> sync(FileHandle file) = 0;
  /// The handle is gone in any case.
  virtual FileResult<void> close(FileHandle file) = 0;
  /// Replaces `to` in one step.
  virtual FileResult<void> rename(const std::string& from, const std::string& to) = 0;
  virtual FileResult<void> remove(const std::string& path) = 0;
  /// Waits until the names in a folder are on the disk.
  virtual FileResult<void> sync_folder(const std::string& path) = 0;
  /// Waits until everything written to the file system that holds a folder is on the disk.
  virtual FileResult<void> sync_all(const std::string& folder) = 0;
};

/// `cannot read: permission denied` with path and hint, for the system's answer to an attempt ("cannot
/// read").
[[nodiscard]] Error file_error(std::string_view attempt, const std::string& path, std::errc code);

/// The answer means that there is no such file, not that nobody can say.
[[nodiscard]] bool is_absent(std::errc code);

/// `a/b` of `a` and `b`; `b` of an empty folder or `.`.
[[nodiscard]] std::string join_path(std::string_view folder, std::string_view name);
/// The folder a path is in: `.` for a bare name, `/` at the root.
[[nodiscard]] std::string_view folder_of(std::string_view path);
/// The last component.
[[nodiscard]] std::string_view name_of(std::string_view path);

}  // namespace imglint
