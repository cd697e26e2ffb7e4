#include "source/write_file.hpp"

#include "source/read_file.hpp"
#include "source/rewrite.hpp"

namespace imglint {
namespace {

std::optional<std::errc> write_all(FileSystem& files, FileHandle file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = files.write(file, bytes);
    if (!written) return written.error();
    bytes.remove_prefix(*written);
  }
  if (const auto synced = files.sync(file); !synced) return synced.error();
  return std::nullopt;
}

}  // namespace

std::optional<Error> write_file(FileSystem& files, const std::string& path, std::string_view bytes) {
  const auto file = files.create_shared(path);
  if (!file && file.error() == std::errc::file_exists) {
    const auto old = read_file(files, path, largest_max_file_size);
    if (!old) return old.error();
    const Rewrite rewrite{.path = path, .before = old->bytes, .after = std::string(bytes)};
    return rewrite_files(files, std::span<const Rewrite>(&rewrite, 1)).error;
  }
  if (!file) return file_error("cannot write", path, file.error());
  auto failure = write_all(files, *file, bytes);
  if (const auto closed = files.close(*file); !closed && !failure) failure = closed.error();
  if (!failure) return std::nullopt;
  (void)files.remove(path);
  return file_error("cannot write", path, *failure);
}

}  // namespace imglint
