// Walking a folder: which files in it are to be read, with git and without.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "project/work_trees.hpp"

namespace imglint {

/// A folder as the user knows it, and without symbolic links.
struct Folder {
  std::string shown;
  std::string resolved;

  [[nodiscard]] Folder below(std::string_view relative) const {
    return {join_path(shown, relative), join_path(resolved, relative)};
  }
};

/// What a walk has found.
struct Walk {
  GitPaths paths;              ///< relative to the folder, in any order, no file twice
  std::vector<Error> errors;   ///< a folder that cannot be read
  std::vector<Error> remarks;  ///< what was left out, an ignore file that is not obeyed
};

/// The files of a folder by name, without `.git`, `node_modules` and symbolic links, by the rules of
/// discover().
[[nodiscard]] Walk walk_folder(FileSystem& files, WorkTrees& trees, const Folder& folder, bool no_ignore);

/// Files of a whole work tree that its ignore files let through, whatever their names, sorted.
struct Kept {
  std::optional<GitPaths> paths;  ///< nothing if git cannot say
  std::vector<Error> remarks;
};
[[nodiscard]] Kept kept_files(FileSystem& files, WorkTrees& trees, const std::string& top);

/// A path that no walk takes: in `.git` or `node_modules`.
[[nodiscard]] bool is_never_walked(std::string_view path);

}  // namespace imglint
