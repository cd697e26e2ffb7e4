// What an ignore file says, as git would read it: for paths that need not be on the disk, which git itself
// cannot be asked about. A walk asks git (project/git_files.hpp); tests hold the two against each other.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "source/file_system.hpp"

namespace imglint {

/// A line of an ignore file (gitignore(5)).
struct IgnoreRule {
  std::string glob;           ///< as path_is() takes it, without escapes
  bool keeps = false;         ///< `!`: what it matches is not left out
  bool folders_only = false;  ///< it ends in a slash
};

/// The rules of an ignore file, in order; of two that match the later one counts.
[[nodiscard]] std::vector<IgnoreRule> ignore_rules(std::string_view bytes);

/// What the `.imglintignore` files of a work tree leave out. Reads each at most once.
class IgnoreRules {
 public:
  explicit IgnoreRules(FileSystem& files) : files_(&files) {}

  /// Whether a file below the folder `top` is left out by the ignore files in `top` and in those between:
  /// the nearest one that says something of a path counts, and below a folder that is left out nothing is
  /// kept. Absolute paths without `.` and `..`.
  [[nodiscard]] bool leave_out(const std::string& top, const std::string& path);

 private:
  using Rules = std::vector<IgnoreRule>;

  [[nodiscard]] const Rules& rules_in(const std::string& folder);
  [[nodiscard]] bool leave_out_itself(std::string_view top, std::string_view path, bool is_folder);

  FileSystem* files_;
  std::map<std::string, Rules, std::less<>> rules_;  ///< by folder
};

}  // namespace imglint
