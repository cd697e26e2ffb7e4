// LinkWays: the symbolic links on the way to files, there or not, and where they lead: when one of them is
// another, so is what is read by the path.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "source/file_system.hpp"

namespace imglint::lsp {

class LinkWays {
 public:
  struct Way {
    std::vector<std::string> links;  ///< in order
    std::string end;                 ///< the path without them; empty if there are none
  };

  /// Above and up to `root`, which is the client's folder or empty, links are no matter of the client.
  LinkWays(FileSystem& files, std::string root) : files_(files), root_(std::move(root)) {}

  /// Of an absolute path without `.` and `..`. Each folder is asked once.
  [[nodiscard]] const Way& to(const std::string& path);

 private:
  void follow(std::vector<std::string> parts, std::string at, Way& way);
  /// Where a link leads, as it is written; nothing if it is none.
  [[nodiscard]] const std::optional<std::string>& target_of(const std::string& path);

  FileSystem& files_;
  std::string root_;
  std::map<std::string, Way> ways_;
  std::unordered_map<std::string, std::optional<std::string>> targets_;
};

}  // namespace imglint::lsp
