#include "source/unnamed_file.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/system_call.hpp"

namespace imglint {
namespace {

std::string temporary_folder() {
  const char* chosen = std::getenv("TMPDIR");
  return chosen != nullptr && *chosen != '\0' ? chosen : "/tmp";
}

int open_unnamed(const std::string& folder) {
#ifdef O_TMPFILE
  constexpr int flags = O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC;
  const int file = retried([&] { return ::open(folder.c_str(), flags, S_IRUSR | S_IWUSR); });
  if (file >= 0) return file;
#endif
  // Not every file system has them: one that loses its name at once.
  std::string path = folder + "/imglint-XXXXXX";
  const int named = ::mkstemp(path.data());
  if (named < 0) return named;
  ::unlink(path.c_str());
  ::fcntl(named, F_SETFD, FD_CLOEXEC);
  return named;
}

}  // namespace

FileResult<UnnamedFile> UnnamedFile::create() {
  Descriptor file(open_unnamed(temporary_folder()));
  if (!file) return last_error();
  return UnnamedFile(std::move(file));
}

FileResult<void> UnnamedFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = retried([&] { return ::write(file_.number(), bytes.data(), bytes.size()); });
    if (written < 0) return last_error();
    if (written == 0) return std::errc::io_error;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

FileResult<std::string> UnnamedFile::read(std::uint64_t offset, std::size_t size) const {
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const auto at = static_cast<off_t>(offset + filled);
    const ssize_t got =
        retried([&] { return ::pread(file_.number(), bytes.data() + filled, size - filled, at); });
    if (got < 0) return last_error();
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace imglint
