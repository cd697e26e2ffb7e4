// Walking a folder: which files in it are to be read, with git and without.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "project/compose/beside.hpp"
#include "project/recogniser.hpp"
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

struct WalkedFile {
  std::string path;           ///< relative to the folder that is walked
  Recogniser::Answer answer;  ///< what its name says
  Beside beside = {};         ///< files of its folder, if that was listed
};

/// What a walk has found.
struct Walk {
  std::vector<WalkedFile> files;  ///< in any order, none twice
  std::vector<Error> errors;      ///< a folder that cannot be read
  std::vector<Error> remarks;     ///< what was left out, an ignore file that is not obeyed
  GitPaths ignore_files;          ///< that have a say in it, relative to the folder
  bool stopped = false;           ///< something is missing, since the walk was ended
};

/// What walks work with.
struct WalkTools {
  FileSystem& files;
  WorkTrees& trees;
  Recogniser& recogniser;
  /// Asked at each folder of a walk without git: true ends the walk. May be empty.
  const std::function<bool()>& stop;
};

/// The files of a folder that may be taken (Recogniser::by_name()), without `.git`, `node_modules` and
/// symbolic links, by the rules of discover().
[[nodiscard]] Walk walk_folder(const WalkTools& tools, const Folder& folder, bool no_ignore);

/// Files of a whole work tree that its ignore files let through, whatever their names, sorted.
struct Kept {
  std::optional<GitPaths> paths;  ///< nothing if git cannot say
  GitPaths by_imglintignore;      ///< sorted: those that only `.imglintignore` leaves out
  std::vector<Error> remarks;
};
[[nodiscard]] Kept kept_files(FileSystem& files, WorkTrees& trees, const std::string& top);

}  // namespace imglint
