// A folder on the real disk that goes away with the test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imglint::test {

class TemporaryFolder {
 public:
  /// In the system's folder for such, or in memory where there is one: for tests of many files.
  explicit TemporaryFolder(bool in_memory = false);
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  /// Without symbolic links.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(std::string_view relative) const;

  /// Makes a file, and the folders it needs; gives its path.
  std::string write(std::string_view relative, std::string_view bytes) const;
  std::string make_folder(std::string_view relative) const;
  void link(std::string_view target, std::string_view relative) const;
  [[nodiscard]] std::string read(std::string_view relative) const;
  /// Paths of all that is no folder, relative, sorted. Symbolic links are not followed.
  [[nodiscard]] std::vector<std::string> files() const;

 private:
  std::string path_;
};

/// Runs a program to its end in a folder; a test failure unless it ends with 0. Gives its standard output.
/// Variables that name a git repository, and the user's git configuration, are kept away from it.
std::string run_in(const std::string& folder, const std::vector<std::string>& words);

}  // namespace imglint::test
