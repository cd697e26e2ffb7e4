#include "source/open_below.hpp"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>

#ifdef __linux__
#include <sys/syscall.h>

#include "base/system_call.hpp"
#endif

namespace imglint {
namespace {

int open_name(int folder, const std::string& name, int flags) {
  return retried([&] { return openat(folder, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC); });
}

/// One folder after the other. A link that is opened as a folder answers ENOTDIR or ELOOP, by the system.
Descriptor open_in_steps(int folder, std::string_view path, int flags) {
  constexpr int of_folder = O_RDONLY | O_DIRECTORY;
  Descriptor at;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string name(path.substr(0, slash));
    const int in = at ? at.number() : folder;
    if (name == "..") return errno = ELOOP, Descriptor();
    path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
    if (path.empty()) {
      Descriptor last(open_name(in, name.empty() ? "." : name, flags));
      if (!last && errno == EMLINK) errno = ELOOP;
      return last;
    }
    if (name.empty() || name == ".") continue;
    Descriptor next(open_name(in, name, of_folder));
    if (!next) {
      struct stat info = {};
      const int code = errno;
      const bool link = fstatat(in, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(info.st_mode);
      return errno = link ? ELOOP : code, Descriptor();
    }
    at = std::move(next);
  }
}

#ifdef SYS_openat2

// As in linux/openat2.h, which older systems lack.
struct OpenHow {
  std::uint64_t flags = 0;
  std::uint64_t mode = 0;
  std::uint64_t resolve = 0;
};
constexpr std::uint64_t no_magic_links = 2, no_links = 4, beneath = 8;

/// Older kernels and some sandboxes have no such call.
bool is_missing(int code) { return code == ENOSYS || code == EPERM || code == EINVAL || code == E2BIG; }

#endif

}  // namespace

Descriptor open_below(int folder, std::string_view path, int flags) {
#ifdef SYS_openat2
  const std::string name(path.empty() ? "." : path);
  const OpenHow how{.flags = static_cast<std::uint64_t>(flags | O_NOFOLLOW | O_CLOEXEC),
                    .resolve = no_magic_links | no_links | beneath};
  const auto open = [&] {
    return static_cast<int>(syscall(SYS_openat2, folder, name.c_str(), &how, sizeof how));
  };
  int number = retried(open);
  for (int patience = 10; number < 0 && errno == EAGAIN && patience > 0; --patience) number = retried(open);
  if (number < 0 && errno == EXDEV) errno = ELOOP;
  if (number >= 0 || !is_missing(errno)) return Descriptor(number);
#endif
  return open_in_steps(folder, path, flags);
}

}  // namespace imglint
