// ResultFile: a report that the user names, written block by block; the old one stays until the new one is
// whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "source/file_system.hpp"

namespace imglint {

/// Written beside its place under a temporary name, which takes the place at the end. A symbolic link stays,
/// its target is replaced; a pipe or a device gets the bytes as they come.
class ResultFile {
 public:
  ResultFile(FileSystem& files, std::string path) : files_(&files), path_(std::move(path)) {}
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;
  /// What was not finished is thrown away.
  ~ResultFile();

  void write(std::string_view block);
  /// Puts it in its place. What went wrong, if anything did; then the old file is as it was.
  [[nodiscard]] std::optional<Error> finish();

 private:
  [[nodiscard]] FileResult<void> open();
  [[nodiscard]] FileResult<void> open_beside(const std::string& target);
  [[nodiscard]] FileResult<void> flush();
  [[nodiscard]] FileResult<void> put_in_place();
  void keep(const FileResult<void>& result);

  FileSystem* files_;
  std::string path_;
  std::optional<FileHandle> handle_;
  bool opened_ = false;
  std::string target_;             ///< resolved; empty for a device
  std::string temporary_;          ///< beside it; empty once renamed or removed
  std::optional<FileStatus> old_;  ///< of the file that is replaced
  std::string buffer_;
  std::optional<std::errc> failure_;
};

}  // namespace imglint
