// HeldFiles: a disk that is a few texts in memory. For reading only.
#pragma once

#include <map>
#include <string>

#include "source/read_only_file_system.hpp"

namespace imglint::playground {

class HeldFiles final : public ReadOnlyFileSystem {
 public:
  /// By their paths below the current folder, which is the root. A path that leads out of it is below it,
  /// too.
  explicit HeldFiles(const std::map<std::string, std::string>& files);

  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileContent> read_below(const std::string& path, std::size_t, std::uint64_t max_bytes) override {
    return read(path, max_bytes);
  }
  FileResult<FileStatus> status(const std::string& path) override;
  FileResult<FileStatus> link_status(const std::string& path) override { return status(path); }
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override;
  FileResult<std::string> resolve(const std::string& path) override;

 private:
  /// A file, or a folder with no bytes.
  struct Node {
    FileStatus status;
    std::string bytes;
  };

  std::map<std::string, Node> nodes_;  ///< by absolute path
};

}  // namespace imglint::playground
