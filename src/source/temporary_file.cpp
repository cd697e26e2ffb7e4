#include "source/temporary_file.hpp"

#include <chrono>

#include "source/temporary_name.hpp"

namespace imglint {

FileResult<TemporaryFile> create_temporary(FileSystem& files, std::string_view folder, Readers readers) {
  for (int patience = 10;; --patience) {
    std::string path = join_path(folder, new_temporary_name());
    const auto handle = readers == Readers::owner ? files.create(path) : files.create_shared(path);
    if (handle) return TemporaryFile{std::move(path), *handle};
    if (handle.error() != std::errc::file_exists || patience == 0) return handle.error();
  }
}

FileResult<void> write_all(FileSystem& files, FileHandle file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = files.write(file, bytes);
    if (!written) return written.error();
    if (*written == 0) return std::errc::io_error;
    bytes.remove_prefix(*written);
  }
  return {};
}

void remove_left_overs(FileSystem& files, const std::string& folder) {
  const auto entries = files.list(folder);
  if (!entries) return;
  const auto now = std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
  for (const FolderEntry& entry : *entries) {
    if (entry.kind != FileKind::regular || !entry.name.starts_with(".imglint-")) continue;
    const std::string path = join_path(folder, entry.name);
    const auto status = files.link_status(path);
    if (status && is_left_over(entry.name, now - status->modified)) (void)files.remove(path);
  }
}

}  // namespace imglint
