#include "source/inside.hpp"

#include "source/read_file.hpp"

namespace imglint {

bool is_inside(std::string_view path, std::string_view folder) {
  if (folder == "/") return true;
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string path_inside(FileSystem& files, const std::string& path, std::string_view folder) {
  const FileResult<std::string> own = files.resolve(std::string(folder_of(path)));
  if (!own || !is_inside(*own, folder)) return {};
  const std::string below = join_path(own->substr(folder.size()), name_of(path));
  return below.substr(below.find_first_not_of('/'));
}

std::string own_tree(FileSystem& files, const std::string& folder, const std::string& given) {
  for (std::string_view above = folder;; above = folder_of(above)) {
    if (files.link_status(join_path(above, ".git"))) return std::string(above);
    if (above == "/" || above == ".") break;
  }
  return !given.empty() && is_inside(folder, given) ? given : folder;
}

Result<FileContent> read_file_inside(FileSystem& files, const std::string& path, std::string_view top,
                                     std::uint64_t max_bytes, std::string* real) {
  const auto resolved = files.resolve(path);
  if (!resolved && is_absent(resolved.error())) return read_file(files, path, max_bytes);
  if (!resolved) return file_error("cannot read", path, resolved.error());
  if (real) *real = *resolved;
  if (!is_inside(*resolved, top))
    return Error{.message = "not read: a symbolic link leads out of this folder tree",
                 .hint = "name the file on the command line to have it read",
                 .path = path};
  const auto judged = files.link_status(*resolved);
  if (!judged) return file_error("cannot read", path, judged.error());
  // For the file behind a link, too, a text may stand in.
  auto content = read_file(files, judged->inode == 0 ? *resolved : path, max_bytes);
  // A text that stands in for the file has no inode.
  if (content && content->status.inode != 0 && content->status.inode != judged->inode)
    return Error{.message = "not read: another file was put in its place", .hint = "run again", .path = path};
  return content;
}

}  // namespace imglint
