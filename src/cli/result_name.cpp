#include "cli/result_name.hpp"

#include "base/path.hpp"
#include "base/quote.hpp"
#include "config/policy_cache.hpp"
#include "kinds/index.hpp"

namespace imglint {
namespace {

/// What reads files of such a name; empty: nothing does.
std::string reader_of(std::string_view path) {
  if (const KindInfo* kind = walked_kind(path)) return "as " + quote(kind->name);
  const std::string_view name = name_of(path);
  if (name == ".env") return "for values of variables";
  for (const std::string_view config : config_names)
    if (name == config) return "as its configuration";
  return {};
}

/// Where the bytes would go; the path itself where that cannot be told.
std::string place_of_result(FileSystem& files, const std::string& path) {
  if (const auto whole = files.resolve(path)) return *whole;
  const auto folder = files.resolve(std::string(folder_of(path)));
  return folder ? join_path(*folder, name_of(path)) : path;
}

}  // namespace

Result<void> check_result_name(FileSystem& files, const std::string& path) {
  // What a device stands for was opened by others.
  if (path.empty() || path.starts_with("/dev/") || path.starts_with("/proc/")) return {};
  for (const std::string& name : {path, place_of_result(files, path)})
    if (const std::string reader = reader_of(name); !reader.empty())
      return Error{.message = "not written: imglint reads a file of this name " + reader,
                   .hint = "give the result a name of its own, as report.txt",
                   .path = path};
  return {};
}

bool is_one_file(FileSystem& files, const std::string& one, const std::string& other) {
  if (one.empty() || other.empty()) return false;
  return normal_path(place_of_result(files, one)) == normal_path(place_of_result(files, other));
}

Result<void> check_is_kept(std::string_view option, const std::string& path) {
  if (path != standard_output) return {};
  return Error{
      .message = std::string(option) + " needs a file: a later run reads it, and '-' is standard output",
      .hint = "a file of that name is './-'"};
}

}  // namespace imglint
