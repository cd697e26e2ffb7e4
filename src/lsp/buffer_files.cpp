#include "lsp/buffer_files.hpp"

#include "project/ignore_files.hpp"

namespace imglint::lsp {

const OpenDocument* BufferFiles::shown(const std::string& path) const {
  if (is_ignore_file(name_of(path))) return nullptr;
  const bool is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
  return use_ == Use::configurations && is_yaml ? nullptr : documents_->find_path(path);
}

FileResult<FileContent> BufferFiles::read(const std::string& path, std::uint64_t max_bytes) {
  const OpenDocument* document = shown(path);
  if (!document) return under_->read(path, max_bytes);
  FileContent content{.status = {.size = document->text.size(), .permissions = 0644}};
  if (document->text.size() <= max_bytes) content.bytes = document->text;
  return content;
}

FileResult<FileContent> BufferFiles::read_below(const std::string& path, std::size_t given,
                                                std::uint64_t max_bytes) {
  return shown(path) ? read(path, max_bytes) : under_->read_below(path, given, max_bytes);
}

FileResult<FileStatus> BufferFiles::status(const std::string& path) {
  const OpenDocument* document = shown(path);
  if (!document) return under_->status(path);
  return FileStatus{.size = document->text.size(), .permissions = 0644};
}

}  // namespace imglint::lsp
