// Discovery: from the paths of the command line to the files that are read.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "kinds/file_choice.hpp"
#include "project/compose/beside.hpp"
#include "project/git_files.hpp"
#include "source/file_system.hpp"

namespace imglint {

struct DiscoverOptions {
  bool no_ignore = false;      ///< walk without .gitignore and .imglintignore
  bool force_exclude = false;  ///< what a walk would ignore is left out even if it is named
  ChangesWanted changes;    ///< only files that changed, if any are wanted; every path must be in a work tree
  std::string git = "git";  ///< the program; empty: walk without it
  FileChooser choose = {};  ///< what the configuration says of files; may be empty
  /// Kinds that a walk takes only if it is told to, see KindInfo::include.
  std::vector<std::string> include = {};
  unsigned jobs = 0;  ///< threads that look into files; 0: one for each core
  /// Asked at each folder of a walk without git: true ends the walk. May be empty.
  std::function<bool()> stop = {};
};

struct FoundFile {
  std::string path;                ///< as given, or the given folder and the path below it
  const KindInfo* kind = nullptr;  ///< how it is read; never null in what discover() gives
  bool named = false;              ///< given by its own name, not found by walking
  /// Bytes of the path that were given; behind them no symbolic link is followed. Of a named file, all.
  std::size_t given = std::string::npos;
  bool chosen = false;  ///< the configuration says what it is: its text is not doubted
  Beside beside = {};   ///< what stood in its folder when a walk listed that
};

struct Discovery {
  std::vector<FoundFile> files;           ///< sorted by the bytes of their paths; no file twice
  std::vector<Error> errors;              ///< a given path that cannot be read: exit code 2
  std::vector<Error> remarks;             ///< worth saying: an unreadable folder, a folder without any file
  std::vector<std::string> ignore_files;  ///< `.gitignore` and `.imglintignore` that were met
  bool stopped = false;                   ///< something is missing, since the walk was ended
};

/// A named file is always taken, but for a symbolic link if what it leads to is found as well. A folder is
/// walked: files that the configuration, their name or their text gives a kind, `.git`, `node_modules` and
/// symbolic links left out.
///
/// Inside a git work tree the files are those of `git ls-files -co --exclude-standard` that are still there;
/// outside of one .gitignore has no meaning. `.imglintignore` is read at every level, from the top of the
/// work tree or, outside of one, from the given folder. Repositories inside a work tree (submodules, nested
/// clones) are not entered unless named; below a folder that is in no work tree they are, each by its own
/// rules.
[[nodiscard]] Discovery discover(FileSystem& files, std::span<const std::string> paths,
                                 const DiscoverOptions& options = {});

}  // namespace imglint
