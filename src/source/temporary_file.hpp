// Temporary files: what is written stands ready under another name before it takes the place of a file.
#pragma once

#include <string>
#include <string_view>

#include "source/file_system.hpp"

namespace imglint {

struct TemporaryFile {
  std::string path;
  FileHandle handle{};
};

/// Who may read the new file.
enum class Readers : std::uint8_t { owner, as_usual };

/// A new file in a folder, under a name that no other has.
[[nodiscard]] FileResult<TemporaryFile> create_temporary(FileSystem& files, std::string_view folder,
                                                         Readers readers);

/// Writes on until all is written.
[[nodiscard]] FileResult<void> write_all(FileSystem& files, FileHandle file, std::string_view bytes);

/// Removes the temporary files of runs that were killed from a folder.
void remove_left_overs(FileSystem& files, const std::string& folder);

}  // namespace imglint
