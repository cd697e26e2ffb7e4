// Files that are read because of where they lie, not because the user names them: a symbolic link among them
// must not lead out of the user's own tree.
#pragma once

#include <string>
#include <string_view>

#include "source/file_system.hpp"

namespace imglint {

/// Whether a path is a folder's own or below it; both absolute and without symbolic links.
[[nodiscard]] bool is_inside(std::string_view path, std::string_view folder);

/// A path as it is from a folder (resolved), links to the file's own folder followed; empty if the file does
/// not lie in it, or its folder is not there.
[[nodiscard]] std::string path_inside(FileSystem& files, const std::string& path, std::string_view folder);

/// The folder that a link in a (resolved) folder may not leave: the top of its git work tree; outside of one
/// `given`, if it lies in that; else the folder itself.
[[nodiscard]] std::string own_tree(FileSystem& files, const std::string& folder, const std::string& given);

/// read_file(), if the file lies inside of `top` (resolved), wherever symbolic links lead. Tells where that
/// is, if it is wanted and there is such a file.
[[nodiscard]] Result<FileContent> read_file_inside(FileSystem& files, const std::string& path,
                                                   std::string_view top, std::uint64_t max_bytes,
                                                   std::string* real = nullptr);

}  // namespace imglint
