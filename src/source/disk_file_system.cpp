#include "source/disk_file_system.hpp"

#include <algorithm>
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

#include "base/system_call.hpp"
#include "source/extended_attributes.hpp"
#include "source/open_below.hpp"

namespace imglint {
namespace {

FileResult<void> answer(int result) {
  if (result == 0) return {};
  return last_error();
}

constexpr int for_reading = O_RDONLY | O_NONBLOCK | O_NOCTTY;
#ifdef O_PATH
constexpr int for_looking_up = O_PATH | O_DIRECTORY;
#else
constexpr int for_looking_up = O_RDONLY | O_DIRECTORY;
#endif

Descriptor open_at(int folder, const char* path, int flags) {
  return Descriptor(retried([&] { return openat(folder, path, flags | O_CLOEXEC); }));
}

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

FileResult<FileContent> read_descriptor(const Descriptor& file, std::uint64_t max_bytes) {
  if (!file) return last_error();
  const auto status = opened_status(file.number());
  if (!status) return status.error();
  if (status->kind != FileKind::regular || status->size > max_bytes) return FileContent{.status = *status};
  return read_opened(file.number(), *status, max_bytes);
}

/// For closedir(), which closes what it was opened with.
DIR* open_listing(const Descriptor& folder) {
  const int copy = folder ? fcntl(folder.number(), F_DUPFD_CLOEXEC, 0) : -1;
  DIR* const listing = copy < 0 ? nullptr : fdopendir(copy);
  if (listing == nullptr && copy >= 0) ::close(copy);
  return listing;
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

DiskFileSystem::Place DiskFileSystem::place_of(const std::string& path) const {
  if (held_.empty()) return {AT_FDCWD, path.c_str(), false};
  const auto held = held_.find(folder_of(path));
  if (held == held_.end()) return {AT_FDCWD, path.c_str(), false};
  return {held->second.number(), name_of(path).data(), true};
}

FileResult<int> DiskFileSystem::given_folder(std::string_view given) {
  if (given.empty()) return AT_FDCWD;
  const std::lock_guard lock(given_mutex_);
  const auto known = given_.find(given);
  if (known != given_.end()) return known->second.number();
  const std::string path(given);
  Descriptor folder = open_at(AT_FDCWD, path.c_str(), for_looking_up);
  if (!folder) return last_error();
  return given_.emplace(path, std::move(folder)).first->second.number();
}

FileResult<FileContent> DiskFileSystem::read(const std::string& path, std::uint64_t max_bytes) {
  const Place place = place_of(path);
  return read_descriptor(open_at(place.folder, place.path, for_reading | (place.held ? O_NOFOLLOW : 0)),
                         max_bytes);
}

FileResult<FileContent> DiskFileSystem::read_below(const std::string& path, std::size_t given,
                                                   std::uint64_t max_bytes) {
  const auto folder = given_folder(std::string_view(path).substr(0, given));
  if (!folder) return folder.error();
  std::string_view below = std::string_view(path).substr(given);
  below.remove_prefix(std::min(below.find_first_not_of('/'), below.size()));
  return read_descriptor(open_below(*folder, below, for_reading), max_bytes);
}

Descriptor DiskFileSystem::open_folder(const std::string& path) const {
  const auto held = held_.find(path);
  if (held != held_.end()) return open_at(held->second.number(), ".", O_RDONLY | O_DIRECTORY);
  return open_at(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY);
}

FileResult<FileStatus> DiskFileSystem::hold_folder(const std::string& path) {
  // A path that resolve() gave is absolute and leads through no link.
  const bool absolute = path.starts_with('/');
  const Descriptor top = absolute ? open_at(AT_FDCWD, "/", for_looking_up) : Descriptor();
  if (absolute && !top) return last_error();
  Descriptor folder = open_below(absolute ? top.number() : AT_FDCWD, std::string_view(path).substr(absolute),
                                 O_RDONLY | O_DIRECTORY);
  if (!folder) return last_error();
  const auto status = opened_status(folder.number());
  if (status) held_.insert_or_assign(path, std::move(folder));
  return status;
}

void DiskFileSystem::release_folder(const std::string& path) { held_.erase(path); }

FileResult<FileStatus> DiskFileSystem::status(const std::string& path) {
  const Place place = place_of(path);
  struct stat info = {};
  if (fstatat(place.folder, place.path, &info, place.held ? AT_SYMLINK_NOFOLLOW : 0) != 0)
    return last_error();
  return status_of(info);
}

FileResult<FileStatus> DiskFileSystem::link_status(const std::string& path) {
  const Place place = place_of(path);
  struct stat info = {};
  if (fstatat(place.folder, place.path, &info, AT_SYMLINK_NOFOLLOW) != 0) return last_error();
  return status_of(info);
}

FileResult<std::string> DiskFileSystem::read_link(const std::string& path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t size = readlink(path.c_str(), target.data(), target.size());
  if (size < 0) return last_error();
  if (static_cast<std::size_t>(size) == target.size()) return std::errc::filename_too_long;
  target.resize(static_cast<std::size_t>(size));
  return target;
}

FileResult<std::vector<FolderEntry>> DiskFileSystem::list(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(
      held_.contains(path) ? open_listing(open_folder(path)) : opendir(path.c_str()), closedir);
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
  const Place place = place_of(path);
  return answer(faccessat(place.folder, place.path, W_OK, AT_EACCESS));
}

namespace {

FileResult<FileHandle> create_with(int folder, const char* path, mode_t mode) {
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const int file = retried([&] { return openat(folder, path, flags, mode); });
  if (file < 0) return last_error();
  return static_cast<FileHandle>(file);
}

}  // namespace

FileResult<FileHandle> DiskFileSystem::open_device(const std::string& path) {
  const int file = retried([&] { return ::open(path.c_str(), O_WRONLY | O_TRUNC | O_NOCTTY | O_CLOEXEC); });
  if (file < 0) return last_error();
  return static_cast<FileHandle>(file);
}

FileResult<FileHandle> DiskFileSystem::create(const std::string& path) {
  const Place place = place_of(path);
  return create_with(place.folder, place.path, S_IRUSR | S_IWUSR);
}

FileResult<FileHandle> DiskFileSystem::create_shared(const std::string& path) {
  const Place place = place_of(path);
  return create_with(place.folder, place.path, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH);
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
  const Place place = place_of(model);
  const Descriptor model_file =
      open_at(place.folder, place.path, for_reading | (place.held ? O_NOFOLLOW : 0));
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
  const Place old_place = place_of(from);
  const Place new_place = place_of(to);
  return answer(renameat(old_place.folder, old_place.path, new_place.folder, new_place.path));
}

FileResult<void> DiskFileSystem::remove(const std::string& path) {
  const Place place = place_of(path);
  return answer(unlinkat(place.folder, place.path, 0));
}

FileResult<void> DiskFileSystem::sync_folder(const std::string& path) {
  const Descriptor folder = open_folder(path);
  if (!folder) return last_error();
  if (retried([&] { return fsync(folder.number()); }) == 0) return {};
  // Some file systems cannot flush a folder, and need not.
  if (errno == EINVAL || errno == ENOTSUP) return {};
  return last_error();
}

FileResult<void> DiskFileSystem::sync_all(const std::string& folder) {
  const Descriptor opened = open_folder(folder);
  if (!opened) return last_error();
#ifdef __linux__
  return answer(retried([&] { return syncfs(opened.number()); }));
#else
  ::sync();
  return {};
#endif
}

}  // namespace imglint
