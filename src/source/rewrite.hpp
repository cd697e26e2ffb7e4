// Rewriting of files on disk: all of them are prepared before the first is replaced, and each is replaced in
// one step, so that a file is at any moment either the old or the new one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "source/file_system.hpp"

namespace imglint {

/// One file and what becomes of it.
struct Rewrite {
  std::string path;         ///< as given by the user
  std::string_view before;  ///< the bytes that were read; if they are no longer there, nothing is written
  std::string after;
  /// The file that was read, if known: no other one is written, even if it holds the same bytes.
  std::optional<FileStatus> file = {};
  bool is_staged = false;  ///< `before` is what git's index has, not what was read from the disk
};

struct RewriteReport {
  std::vector<std::string> written;  ///< paths that hold the new bytes
  std::vector<Error> remarks;        ///< a hard link that was parted, a folder that could not be flushed
  std::optional<Error> error;        ///< with the path of the file that was to blame
};

/// Replaces the files. Each new file is written beside the old one under a temporary name, with owner, mode
/// and extended attributes of the old one, and flushed to the disk; then all are renamed. Where `before`
/// equals `after` nothing is done.
///
/// - Any failure before the first rename: no file is changed. A later one: the error says which are.
/// - From the look at a file to its renaming all is done in one open folder: what is put in the place of that
///   folder meanwhile is not written to.
/// - A symbolic link stays, its target is replaced. Of a file with several names (hard links) only the one
/// given
///   gets the new bytes, as with git and most editors: writing through all names could not be done in one
///   step, and copies made with links (snapshots, package stores) expect their link to be parted. A remark
///   says so.
/// - A file that nobody may write to is refused, although its folder would allow to replace it.
/// - SIGINT and the like wait until it is safe: before the first rename all is undone, after it all is done.
/// - Temporary files of runs that were killed are removed from the folders that are written to.
[[nodiscard]] RewriteReport rewrite_files(FileSystem& files, std::span<const Rewrite> rewrites);

}  // namespace imglint
