#include "source/read_file.hpp"

#include <algorithm>

namespace imglint {
namespace {

Error too_large(const std::string& path, std::uint64_t size, std::uint64_t max_bytes) {
  return {.message =
              "the file has " + readable_size(size) + ", more than the limit of " + readable_size(max_bytes),
          .hint = "raise the limit with --max-file-size",
          .path = path};
}

/// The content, or why it is nothing to read.
Result<FileContent> judged(FileResult<FileContent> content, const std::string& path,
                           std::uint64_t max_bytes) {
  if (!content) {
    // What opening a socket or a device without a driver answers.
    if (content.error() == std::errc::no_such_device_or_address ||
        content.error() == std::errc::no_such_device)
      return not_a_regular_file(path, FileKind::other);
    return file_error("cannot read", path, content.error());
  }
  const FileStatus& status = content->status;
  if (status.kind != FileKind::regular) return not_a_regular_file(path, status.kind);
  if (status.size > max_bytes) return too_large(path, status.size, max_bytes);
  if (const auto text = check_is_text(content->bytes, path); !text) return text.error();
  return std::move(*content);
}

}  // namespace

Error not_a_regular_file(const std::string& path, FileKind kind) {
  if (kind == FileKind::folder) return file_error("cannot read", path, std::errc::is_a_directory);
  return {.message = "cannot read: it is no regular file but a pipe, socket or device", .path = path};
}

Result<FileContent> read_file(FileSystem& files, const std::string& path, std::uint64_t max_bytes) {
  max_bytes = std::min(max_bytes, largest_max_file_size);
  return judged(files.read(path, max_bytes), path, max_bytes);
}

Result<FileContent> read_file_below(FileSystem& files, const std::string& path, std::size_t given,
                                    std::uint64_t max_bytes) {
  max_bytes = std::min(max_bytes, largest_max_file_size);
  auto content = files.read_below(path, given, max_bytes);
  if (!content && content.error() == std::errc::too_many_symbolic_link_levels)
    return Error{.message = "cannot read: it has become a symbolic link, or leads through one", .path = path};
  return judged(std::move(content), path, max_bytes);
}

bool starts_in_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

Result<void> check_is_text(std::string_view bytes, const std::string& name) {
  if (starts_in_utf16(bytes) || bytes.substr(0, 8192).find('\0') == bytes.npos) return {};
  return Error{.message = "looks like a binary file (it holds a NUL byte)",
               .hint = "only text is read; if this is meant to be text, save it as UTF-8",
               .path = name,
               .is_about_binary = true};
}

std::string readable_size(std::uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  constexpr const char* units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  std::size_t unit = 0;
  std::uint64_t whole = bytes / 1024;
  std::uint64_t rest = bytes % 1024;
  for (; whole >= 1024; ++unit) {
    rest = whole % 1024;
    whole /= 1024;
  }
  std::string text = std::to_string(whole);
  if (const std::uint64_t tenth = rest * 10 / 1024; tenth != 0) text += "." + std::to_string(tenth);
  return text + " " + units[unit];
}

}  // namespace imglint
