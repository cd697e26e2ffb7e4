#include "project/ignore_files.hpp"

#include <algorithm>
#include <vector>

#include "base/printable.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

constexpr std::string_view ignore_names[] = {gitignore_name, imglintignore_name};
constexpr std::uint64_t most_bytes = 1u << 20;
/// git's time is the length of a path to the power of these.
constexpr std::ptrdiff_t most_stars = 5;

Error no_regular_file(const std::string& path) {
  return {.message = "'" + printable(path) + "' is no regular file but a pipe, socket or device"};
}

Error costly_pattern(const std::string& path) {
  return {.message = "'" + printable(path) + "' has a pattern with too many stars for git"};
}

/// Stars that stand side by side count as one.
std::ptrdiff_t stars_in(std::string_view pattern) {
  std::ptrdiff_t count = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (pattern[i] == '*' && (i == 0 || pattern[i - 1] != '*')) ++count;
  return count;
}

bool has_costly_pattern(FileSystem& files, const std::string& path) {
  const auto content = read_file(files, path, most_bytes);
  if (!content) return false;
  std::string_view rest = content->bytes;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (stars_in(rest.substr(0, end)) > most_stars) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

std::optional<Error> fault_of(FileSystem& files, const std::string& path, FileKind kind) {
  if (kind == FileKind::other) return no_regular_file(path);
  if (kind == FileKind::regular && has_costly_pattern(files, path)) return costly_pattern(path);
  return std::nullopt;
}

}  // namespace

bool is_ignore_file(std::string_view name) {
  return std::find(std::begin(ignore_names), std::end(ignore_names), name) != std::end(ignore_names);
}

std::optional<Error> unfit_ignore_file_above(FileSystem& files, const std::string& folder,
                                             const std::string& top) {
  for (std::string_view above = folder;; above = folder_of(above)) {
    for (const std::string_view name : ignore_names) {
      const std::string path = join_path(above, name);
      const auto status = files.link_status(path);
      if (status && status->kind == FileKind::other) return no_regular_file(path);
    }
    if (above.size() <= top.size()) return std::nullopt;
  }
}

std::optional<Error> unfit_ignore_file_below(FileSystem& files, const std::string& folder) {
  std::vector<std::string> open = {folder};
  while (!open.empty()) {
    const std::string at = std::move(open.back());
    open.pop_back();
    const auto entries = files.list(at);
    if (!entries) continue;
    for (const FolderEntry& entry : *entries) {
      const std::string path = join_path(at, entry.name);
      if (entry.kind == FileKind::folder && entry.name != ".git") open.push_back(path);
      if (entry.name == ".git" && has_costly_pattern(files, join_path(path, "info/exclude")))
        return costly_pattern(join_path(path, "info/exclude"));
      if (!is_ignore_file(entry.name)) continue;
      if (auto fault = fault_of(files, path, entry.kind)) return fault;
    }
  }
  return std::nullopt;
}

}  // namespace imglint
