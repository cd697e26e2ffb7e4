#include "source/file_system.hpp"

#include <cctype>
#include <tuple>

namespace imglint {
namespace {

struct Reason {
  std::errc code;
  const char* text;
  const char* hint;
};

constexpr Reason reasons[] = {
    {std::errc::no_such_file_or_directory, "no such file or folder", ""},
    {std::errc::permission_denied, "permission denied",
     "check the permissions of the file and of its folder"},
    {std::errc::operation_not_permitted, "operation not permitted", "check who owns the file and its folder"},
    {std::errc::is_a_directory, "it is a folder", ""},
    {std::errc::not_a_directory, "a part of the path is not a folder", ""},
    {std::errc::too_many_symbolic_link_levels, "its symbolic links go round in a circle", ""},
    {std::errc::filename_too_long, "the path is too long for this system", ""},
    {std::errc::no_space_on_device, "no space left on the device", "free some space, then run again"},
    {std::errc::read_only_file_system, "the file system is read-only", ""},
    {std::errc::too_many_files_open, "too many open files", "raise the limit with `ulimit -n`"},
    {std::errc::device_or_resource_busy, "it is in use by the system",
     "mount its folder instead of the file alone"},
    {std::errc::cross_device_link, "it is mounted by itself", "mount its folder instead of the file alone"},
    {std::errc::file_too_large, "the file would be larger than allowed", "look at `ulimit -f`"},
    {std::errc::io_error, "input/output error", "the disk or its connection may be faulty"},
};

}  // namespace

bool same_version(const FileStatus& a, const FileStatus& b) {
  const auto key = [](const FileStatus& status) {
    return std::tie(status.kind, status.device, status.inode, status.size, status.modified,
                    status.permissions, status.owner, status.group);
  };
  return key(a) == key(b);
}

Error file_error(std::string_view attempt, const std::string& path, std::errc code) {
  const auto with = [&](std::string_view reason, std::string_view hint) {
    return Error{.message = std::string(attempt) + ": " + std::string(reason),
                 .hint = std::string(hint),
                 .path = path};
  };
  for (const Reason& reason : reasons)
    if (reason.code == code) return with(reason.text, reason.hint);
  std::string text = std::make_error_code(code).message();
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return with(text, {});
}

bool is_absent(std::errc code) {
  return code == std::errc::no_such_file_or_directory || code == std::errc::not_a_directory ||
         code == std::errc::filename_too_long;
}

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty() || folder == ".") return std::string(name);
  std::string path(folder);
  if (path.back() != '/') path += '/';
  return path += name;
}

std::string_view folder_of(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  path = path.substr(0, slash);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return path.empty() ? std::string_view("/") : path;
}

std::string_view name_of(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1);
}

}  // namespace imglint
