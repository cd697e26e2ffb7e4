#include "source/write_file.hpp"

#include "source/read_file.hpp"
#include "source/rewrite.hpp"
#include "source/temporary_file.hpp"

namespace imglint {
namespace {

FileResult<void> write_whole(FileSystem& files, FileHandle file, std::string_view bytes) {
  if (const auto written = write_all(files, file, bytes); !written) return written;
  return files.sync(file);
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
  const auto written = write_whole(files, *file, bytes);
  const auto closed = files.close(*file);
  if (written && closed) return std::nullopt;
  (void)files.remove(path);
  return file_error("cannot write", path, written ? closed.error() : written.error());
}

}  // namespace imglint
