#include "source/disk_file_system.hpp"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include "source/extended_attributes.hpp"

namespace imglint {
namespace {

std::errc last_error() { return static_cast<std::errc>(errno); }

FileResult<void> answer(int result) {
  if (result == 0) return {};
  return last_error();
}

/// Calls again while a signal interrupts.
template <class Call>
auto retried(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

/// An open file or folder, for reading.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      : number_(retried([&] { return ::open(path.c_str(), flags | O_CLOEXEC); })) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::regular;
  if (S_ISDIR(mode)) return FileKind::folder;
  if (S_ISLNK(mode)) return FileKind::symbolic_link;
  return FileKind::other;
}

FileStatus status_of(const struct stat& info) {
#ifdef __APPLE__
  const timespec& modified = info.st_mtimespec;
#else
  const timespec& modified = info.st_mtim;
#endif
  return {.kind = kind_of(info.st_mode),
          .device = static_cast<std::uint64_t>(info.st_dev),
          .inode = static_cast<std::uint64_t>(info.st_ino),
          .size = static_cast<std::uint64_t>(info.st_size),
          .modified = nanoseconds(modified),
          .permissions = static_cast<std::uint32_t>(info.st_mode & 07777),
          .links = static_cast<std::uint32_t>(info.st_nlink),
          .owner = info.st_uid,
          .group = info.st_gid};
}

FileResult<FileStatus> opened_status(int file) {
  struct stat info = {};
  if (fstat(file, &info) != 0) return last_error();
  return status_of(info);
}

/// Reads to the end, but no more than one byte over the limit. The status gives the size that was true when
/// the file was opened; one read of one byte more also sees the end.
FileResult<FileContent> read_opened(int file, const FileStatus& status, std::uint64_t max_bytes) {
  FileContent content{.status = status};
  std::string& bytes = content.bytes;
  std::size_t filled = 0;
  bytes.resize(static_cast<std::size_t>(status.size) + 1);
  for (;;) {
    const ssize_t got = retried([&] { return ::read(file, bytes.data() + filled, bytes.size() - filled); });
    if (got < 0) return last_error();
    filled += static_cast<std::size_t>(got);
    if (got == 0 || filled == status.size) break;
    if (filled > max_bytes) break;
    if (filled == bytes.size()) bytes.resize(std::min<std::uint64_t>(2 * bytes.size() + 4096, max_bytes + 1));
  }
  bytes.resize(filled);
  content.status.size = filled;
  if (filled > max_bytes) bytes.clear();
  return content;
}

FileKind listed_kind(int folder, const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG:
      return FileKind::regular;
    case DT_DIR:
      return FileKind::folder;
    case DT_LNK:
      return FileKind::symbolic_link;
    case DT_UNKNOWN: {
      struct stat info = {};
      if (fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) == 0) return kind_of(info.st_mode);
      return FileKind::other;
    }
    default:
      return FileKind::other;
  }
}

int number_of(FileHandle file) { return static_cast<int>(file); }

}  // namespace

FileResult<FileContent> DiskFileSystem::read(const std::string& path, std::uint64_t max_bytes) {
  const Descriptor file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file) return last_error();
  const auto status = opened_status(file.number());
  if (!status) return status.error();
  if (status->kind != FileKind::regular || status->size > max_bytes) return FileContent{.status = *status};
  return read_opened(file.number(), *status, max_bytes);
}

FileResult<FileStatus> DiskFileSystem::status(const std::string& path) {
  struct stat info = {};
  if (::stat(path.c_str(), &info) != 0) return last_error();
  return status_of(info);
}

FileResult<FileStatus> DiskFileSystem::link_status(const std::string& path) {
  struct stat info = {};
  if (::lstat(path.c_str(), &info) != 0) return last_error();
  return status_of(info);
}

FileResult<std::vector<FolderEntry>> DiskFileSystem::list(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), closedir);
  if (!folder) return last_error();
  std::vector<FolderEntry> entries;
  for (errno = 0; const dirent* entry = readdir(folder.get()); errno = 0) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..")
      entries.push_back({std::string(name), listed_kind(dirfd(folder.get()), *entry)});
  }
  if (errno != 0) return last_error();
  return entries;
}

namespace {

/// The path of an open file as the kernel has it, if that leads to the same file; empty if nobody can say.
/// realpath() asks for every beginning of a path, which in a folder a thousand deep takes a second for some
/// files.
std::string path_by_kernel(int file) {
#ifdef __linux__
  std::array<char, PATH_MAX> buffer;
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t size = readlink(link.c_str(), buffer.data(), buffer.size());
  if (size <= 0 || static_cast<std::size_t>(size) == buffer.size() || buffer[0] != '/') return {};
  std::string path(buffer.data(), static_cast<std::size_t>(size));
  struct stat opened = {}, found = {};
  if (fstat(file, &opened) != 0 || lstat(path.c_str(), &found) != 0) return {};
  return opened.st_dev == found.st_dev && opened.st_ino == found.st_ino ? path : std::string();
#else
  static_cast<void>(file);
  return {};
#endif
}

}  // namespace

FileResult<std::string> DiskFileSystem::resolve(const std::string& path) {
#ifdef O_PATH
  if (const int file = retried([&] { return ::open(path.c_str(), O_PATH | O_CLOEXEC); }); file >= 0) {
    std::string known = path_by_kernel(file);
    ::close(file);
    if (!known.empty()) return known;
  }
#endif
  const std::unique_ptr<char, void (*)(void*)> resolved(realpath(path.c_str(), nullptr), std::free);
  if (!resolved) return last_error();
  return std::string(resolved.get());
}

FileResult<void> DiskFileSystem::may_write(const std::string& path) {
  return answer(faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS));
}

namespace {

FileResult<FileHandle> create_with(const std::string& path, mode_t mode) {
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const int file = retried([&] { return ::open(path.c_str(), flags, mode); });
  if (file < 0) return last_error();
  return static_cast<FileHandle>(file);
}

}  // namespace

FileResult<FileHandle> DiskFileSystem::create(const std::string& path) {
  return create_with(path, S_IRUSR | S_IWUSR);
}

FileResult<FileHandle> DiskFileSystem::create_shared(const std::string& path) {
  return create_with(path, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH);
}

FileResult<std::size_t> DiskFileSystem::write(FileHandle file, std::string_view bytes) {
  const ssize_t written = retried([&] { return ::write(number_of(file), bytes.data(), bytes.size()); });
  if (written < 0) return last_error();
  return static_cast<std::size_t>(written);
}

FileResult<void> DiskFileSystem::copy_attributes(const std::string& model, const FileStatus& status,
                                                 FileHandle file) {
  const auto present = opened_status(number_of(file));
  if (!present) return present.error();
  if (present->owner != status.owner || present->group != status.group)
    if (fchown(number_of(file), status.owner, status.group) != 0) return last_error();
  const Descriptor model_file(model, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!model_file) return last_error();
  const auto copied = copy_extended_attributes(model_file.number(), number_of(file));
  if (!copied) return copied.error();
  // Last: a change of owner drops set-user-ID bits, and an access control list changes the group bits.
  const auto now = opened_status(number_of(file));
  if (!now) return now.error();
  if (now->permissions == status.permissions) return {};
  return answer(fchmod(number_of(file), static_cast<mode_t>(status.permissions)));
}

FileResult<void> DiskFileSystem::sync(FileHandle file) {
  return answer(retried([&] { return fsync(number_of(file)); }));
}

FileResult<void> DiskFileSystem::close(FileHandle file) {
  const int result = ::close(number_of(file));
  // A signal came: the descriptor is closed all the same, and another file may have its number by now.
  if (result != 0 && errno == EINTR) return {};
  return answer(result);
}

FileResult<void> DiskFileSystem::rename(const std::string& from, const std::string& to) {
  return answer(::rename(from.c_str(), to.c_str()));
}

FileResult<void> DiskFileSystem::remove(const std::string& path) { return answer(::unlink(path.c_str())); }

FileResult<void> DiskFileSystem::sync_folder(const std::string& path) {
  const Descriptor folder(path, O_RDONLY | O_DIRECTORY);
  if (!folder) return last_error();
  if (retried([&] { return fsync(folder.number()); }) == 0) return {};
  // Some file systems cannot flush a folder, and need not.
  if (errno == EINVAL || errno == ENOTSUP) return {};
  return last_error();
}

FileResult<void> DiskFileSystem::sync_all(const std::string& folder) {
  const Descriptor opened(folder, O_RDONLY | O_DIRECTORY);
  if (!opened) return last_error();
#ifdef __linux__
  return answer(retried([&] { return syncfs(opened.number()); }));
#else
  ::sync();
  return {};
#endif
}

}  // namespace imglint
