// BufferFiles: the disk with the texts of open documents in place of the files they are of. For reading only.
#pragma once

#include <cstdint>
#include <string>

#include "lsp/document_store.hpp"
#include "source/read_only_file_system.hpp"

namespace imglint::lsp {

/// Borrows both. A document shows whether its file is there or not, and whether it is one of ours or not.
/// What leaves files out does not show: git reads that from the disk.
class BufferFiles final : public ReadOnlyFileSystem {
 public:
  /// Whether configurations are read of it, whatever their names: they count when they are saved.
  enum class Use : std::uint8_t { files, configurations };

  BufferFiles(FileSystem& under, const DocumentStore& documents, Use use = Use::files)
      : under_(&under), documents_(&documents), use_(use) {}

  FileResult<FileContent> read(const std::string& path, std::uint64_t max_bytes) override;
  FileResult<FileContent> read_below(const std::string& path, std::size_t given,
                                     std::uint64_t max_bytes) override;
  void forget_folders() override { under_->forget_folders(); }
  FileResult<FileStatus> status(const std::string& path) override;
  FileResult<FileStatus> link_status(const std::string& path) override { return under_->link_status(path); }
  FileResult<std::string> read_link(const std::string& path) override { return under_->read_link(path); }
  FileResult<std::vector<FolderEntry>> list(const std::string& path) override { return under_->list(path); }
  FileResult<std::string> resolve(const std::string& path) override { return under_->resolve(path); }
  FileResult<void> may_write(const std::string& path) override { return under_->may_write(path); }

 private:
  [[nodiscard]] const OpenDocument* shown(const std::string& path) const;

  FileSystem* under_;
  const DocumentStore* documents_;
  Use use_;
};

}  // namespace imglint::lsp
