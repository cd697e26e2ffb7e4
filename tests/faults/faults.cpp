// A library to be preloaded: counts the calls a program makes to the system, and makes one of them fail.
//   IMGLINT_FAULT_LOG      a file that gets a line for each call: its number, its name, the file it is about
//   IMGLINT_FAULT_AT       the number of the call that fails, from 1
//   IMGLINT_FAULT_ERROR    its errno; 0 is a read or write of only a part
//   IMGLINT_FAULT_LASTING  if set, every later call of the same name fails too
// Programs that the program starts are left alone.
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

// What glibc calls the ones that a fortified program uses.
#define FAULT_EXPORT extern "C" __attribute__((visibility("default")))

extern "C" long syscall(long number, ...) noexcept;

namespace {

/// The system's own syscall(): ours, below, looks for openat2.
template <class... Arguments>
long raw(long number, Arguments... arguments) {
  using Call = long(long, ...);
  static const auto call = reinterpret_cast<Call*>(dlsym(RTLD_NEXT, "syscall"));
  return call(number, arguments...);
}

struct Settings {
  long at = 0;
  int error = 0;
  bool lasting = false;
  int log = -1;
};

Settings settings;
std::atomic<long> count{0};
std::array<char, 32> failing_name{};

// The library must be first to see a call, and must not see its own: so it talks to the kernel directly.
__attribute__((constructor)) void start() {
  if (const char* at = std::getenv("IMGLINT_FAULT_AT")) settings.at = std::atol(at);
  if (const char* error = std::getenv("IMGLINT_FAULT_ERROR")) settings.error = std::atoi(error);
  settings.lasting = std::getenv("IMGLINT_FAULT_LASTING") != nullptr;
  if (const char* path = std::getenv("IMGLINT_FAULT_LOG"))
    settings.log = static_cast<int>(
        raw(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600));
  unsetenv("LD_PRELOAD");
}

void log_call(long number, const char* name, const char* path, bool failed) {
  if (settings.log < 0) return;
  std::array<char, 4400> line;
  const int size =
      std::snprintf(line.data(), line.size(), "%ld %s %s%s\n", number, name, path, failed ? " !" : "");
  raw(SYS_write, settings.log, line.data(), static_cast<std::size_t>(size));
}

/// Counts a call. True if it is the one to fail.
bool fails(const char* name, const char* path) {
  const long number = ++count;
  bool failed = number == settings.at;
  if (failed) std::snprintf(failing_name.data(), failing_name.size(), "%s", name);
  if (settings.lasting && settings.at > 0 && number > settings.at)
    failed = std::strcmp(failing_name.data(), name) == 0;
  log_call(number, name, path, failed);
  if (failed) errno = settings.error;
  return failed;
}

/// The same for a call about an open file.
bool fails(const char* name, int file) {
  std::array<char, 64> link;
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
  std::array<char, 4097> path{};
  const long size = raw(SYS_readlinkat, AT_FDCWD, link.data(), path.data(), path.size() - 1);
  if (size < 0) std::snprintf(path.data(), path.size(), "descriptor %d", file);
  return fails(name, path.data());
}

/// The same for a call about a name in an open folder.
bool fails_at(const char* name, int folder, const char* path) {
  if (folder == AT_FDCWD || path[0] == '/') return fails(name, path);
  std::array<char, 64> link;
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", folder);
  std::array<char, 8192> whole{};
  const long size = raw(SYS_readlinkat, AT_FDCWD, link.data(), whole.data(), 4096);
  std::snprintf(whole.data() + (size < 0 ? 0 : size), 4096, "/%s", path);
  return fails(name, whole.data());
}

template <class Function>
Function* next(Function*, const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

/// The size a read or write gets: half of it if it is the call that is cut short. False if it fails.
bool part(const char* name, int file, std::size_t& size) {
  const bool failed = fails(name, file);
  if (!failed) return true;
  if (settings.error != 0) return false;
  if (size > 1) size /= 2;
  return true;
}

}  // namespace

#define NEXT(name) next(&::name, #name)

FAULT_EXPORT int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? static_cast<mode_t>(va_arg(arguments, unsigned)) : 0;
  va_end(arguments);
  return fails("open", path) ? -1 : NEXT(open)(path, flags, mode);
}
FAULT_EXPORT int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? static_cast<mode_t>(va_arg(arguments, unsigned)) : 0;
  va_end(arguments);
  return fails("open", path) ? -1 : NEXT(open)(path, flags, mode);
}
FAULT_EXPORT int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? static_cast<mode_t>(va_arg(arguments, unsigned)) : 0;
  va_end(arguments);
  return fails_at("open", folder, path) ? -1 : NEXT(openat)(folder, path, flags, mode);
}
FAULT_EXPORT int openat64(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? static_cast<mode_t>(va_arg(arguments, unsigned)) : 0;
  va_end(arguments);
  return fails_at("open", folder, path) ? -1 : NEXT(openat)(folder, path, flags, mode);
}
FAULT_EXPORT int __openat_2(int folder, const char* path, int flags) {
  return fails_at("open", folder, path) ? -1 : NEXT(openat)(folder, path, flags);
}
// For openat2, which has no function of its own.
FAULT_EXPORT long syscall(long number, ...) noexcept {
  std::array<long, 6> words{};
  va_list arguments;
  va_start(arguments, number);
  for (long& word : words) word = va_arg(arguments, long);
  va_end(arguments);
  if (number == SYS_openat2 &&
      fails_at("open", static_cast<int>(words[0]), reinterpret_cast<const char*>(words[1])))
    return -1;
  return raw(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}
FAULT_EXPORT int __open_2(const char* path, int flags) {
  return fails("open", path) ? -1 : NEXT(open)(path, flags);
}
FAULT_EXPORT ssize_t read(int file, void* into, std::size_t size) {
  return part("read", file, size) ? NEXT(read)(file, into, size) : -1;
}
FAULT_EXPORT ssize_t __read_chk(int file, void* into, std::size_t size, std::size_t room) {
  if (size > room) std::abort();
  return part("read", file, size) ? NEXT(read)(file, into, size) : -1;
}
FAULT_EXPORT ssize_t write(int file, const void* bytes, std::size_t size) {
  return part("write", file, size) ? NEXT(write)(file, bytes, size) : -1;
}
// As with Linux, the descriptor is gone whatever the answer.
FAULT_EXPORT int close(int file) {
  const bool failed = fails("close", file);
  const int result = NEXT(close)(file);
  if (failed) errno = settings.error;
  return failed ? -1 : result;
}
FAULT_EXPORT int fsync(int file) { return fails("fsync", file) ? -1 : NEXT(fsync)(file); }
FAULT_EXPORT int syncfs(int file) noexcept { return fails("syncfs", file) ? -1 : NEXT(syncfs)(file); }
FAULT_EXPORT int rename(const char* from, const char* to) noexcept {
  return fails("rename", to) ? -1 : NEXT(rename)(from, to);
}
FAULT_EXPORT int renameat(int old_folder, const char* from, int folder, const char* to) noexcept {
  return fails_at("rename", folder, to) ? -1 : NEXT(renameat)(old_folder, from, folder, to);
}
FAULT_EXPORT int unlinkat(int folder, const char* path, int flags) noexcept {
  return fails_at("unlink", folder, path) ? -1 : NEXT(unlinkat)(folder, path, flags);
}
FAULT_EXPORT int unlink(const char* path) noexcept { return fails("unlink", path) ? -1 : NEXT(unlink)(path); }
FAULT_EXPORT int fchmod(int file, mode_t mode) noexcept {
  return fails("fchmod", file) ? -1 : NEXT(fchmod)(file, mode);
}
FAULT_EXPORT int fchown(int file, uid_t owner, gid_t group) noexcept {
  return fails("fchown", file) ? -1 : NEXT(fchown)(file, owner, group);
}
FAULT_EXPORT int stat(const char* path, struct stat* into) noexcept {
  return fails("stat", path)
             ? -1
             : next(static_cast<int (*)(const char*, struct stat*)>(nullptr), "stat")(path, into);
}
FAULT_EXPORT int lstat(const char* path, struct stat* into) noexcept {
  return fails("lstat", path) ? -1 : NEXT(lstat)(path, into);
}
FAULT_EXPORT int fstat(int file, struct stat* into) noexcept {
  return fails("fstat", file) ? -1 : NEXT(fstat)(file, into);
}
FAULT_EXPORT int fstatat(int folder, const char* path, struct stat* into, int flags) noexcept {
  return fails_at("fstatat", folder, path) ? -1 : NEXT(fstatat)(folder, path, into, flags);
}
FAULT_EXPORT int faccessat(int folder, const char* path, int mode, int flags) noexcept {
  return fails_at("faccessat", folder, path) ? -1 : NEXT(faccessat)(folder, path, mode, flags);
}
FAULT_EXPORT char* realpath(const char* path, char* into) noexcept {
  return fails("realpath", path) ? nullptr : NEXT(realpath)(path, into);
}
FAULT_EXPORT ssize_t readlink(const char* path, char* into, std::size_t size) noexcept {
  return fails("readlink", path) ? -1 : NEXT(readlink)(path, into, size);
}
FAULT_EXPORT DIR* opendir(const char* path) { return fails("opendir", path) ? nullptr : NEXT(opendir)(path); }
FAULT_EXPORT dirent* readdir(DIR* folder) {
  return fails("readdir", dirfd(folder)) ? nullptr : NEXT(readdir)(folder);
}
FAULT_EXPORT ssize_t flistxattr(int file, char* list, std::size_t size) noexcept {
  return fails("flistxattr", file) ? -1
                                   : next(static_cast<ssize_t (*)(int, char*, std::size_t)>(nullptr),
                                          "flistxattr")(file, list, size);
}
FAULT_EXPORT ssize_t fgetxattr(int file, const char* name, void* value, std::size_t size) noexcept {
  using Get = ssize_t(int, const char*, void*, std::size_t);
  return fails("fgetxattr", file) ? -1
                                  : next(static_cast<Get*>(nullptr), "fgetxattr")(file, name, value, size);
}
FAULT_EXPORT int fsetxattr(int file, const char* name, const void* value, std::size_t size,
                           int flags) noexcept {
  using Set = int(int, const char*, const void*, std::size_t, int);
  return fails("fsetxattr", file)
             ? -1
             : next(static_cast<Set*>(nullptr), "fsetxattr")(file, name, value, size, flags);
}
