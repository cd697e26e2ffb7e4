#include "source/extended_attributes.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>

#ifdef __linux__
#include <sys/xattr.h>

#include "base/system_call.hpp"
#endif

namespace imglint {

#ifdef __linux__
namespace {

bool carried(std::string_view name) {
  return name.starts_with("user.") || name.starts_with("trusted.") || name == "system.posix_acl_access" ||
         name == "security.selinux" || name.starts_with("security.SMACK");
}

/// A label that the system sets by itself on new files; refusing to change it is its right.
bool is_label(std::string_view name) { return name.starts_with("security."); }

FileResult<std::vector<std::string>> names(int file) {
  std::string list;
  for (;;) {
    const ssize_t size = flistxattr(file, nullptr, 0);
    if (size < 0 && errno == ENOTSUP) return std::vector<std::string>{};
    if (size < 0) return last_error();
    list.resize(static_cast<std::size_t>(size));
    const ssize_t got = flistxattr(file, list.data(), list.size());
    if (got < 0 && errno == ERANGE) continue;  // it grew between
    if (got < 0) return last_error();
    list.resize(static_cast<std::size_t>(got));
    break;
  }
  std::vector<std::string> result;
  for (std::size_t at = 0; at < list.size(); at += result.back().size() + 1)
    result.emplace_back(list.c_str() + at);
  std::erase_if(result, [](const std::string& name) { return !carried(name); });
  return result;
}

FileResult<std::optional<std::string>> value(int file, const std::string& name) {
  std::string bytes;
  for (;;) {
    const ssize_t size = fgetxattr(file, name.c_str(), nullptr, 0);
    if (size < 0 && errno == ENODATA) return std::optional<std::string>{};
    if (size < 0) return last_error();
    bytes.resize(static_cast<std::size_t>(size));
    const ssize_t got = fgetxattr(file, name.c_str(), bytes.data(), bytes.size());
    if (got < 0 && errno == ERANGE) continue;
    if (got < 0) return last_error();
    bytes.resize(static_cast<std::size_t>(got));
    return std::optional<std::string>(std::move(bytes));
  }
}

FileResult<void> copy_one(int model, int file, const std::string& name) {
  const auto wanted = value(model, name);
  if (!wanted) return wanted.error();
  if (!*wanted) return {};  // taken away between
  const auto present = value(file, name);
  if (present && *present == *wanted) return {};
  if (fsetxattr(file, name.c_str(), (*wanted)->data(), (*wanted)->size(), 0) == 0 || is_label(name))
    return {};
  return last_error();
}

}  // namespace

FileResult<void> copy_extended_attributes(int model, int file) {
  const auto wanted = names(model);
  if (!wanted) return wanted.error();
  const auto present = names(file);
  if (!present) return present.error();
  // A default access control list of the folder gives a new file entries that the old one may not have.
  for (const std::string& name : *present)
    if (std::find(wanted->begin(), wanted->end(), name) == wanted->end() && !is_label(name))
      if (fremovexattr(file, name.c_str()) != 0 && errno != ENODATA) return last_error();
  for (const std::string& name : *wanted)
    if (const auto copied = copy_one(model, file, name); !copied) return copied;
  return {};
}

#else

FileResult<void> copy_extended_attributes(int, int) { return {}; }

#endif

}  // namespace imglint
