// The files of this repository, for tests that read sources and documents rather than run code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imglint::test {

/// A file of the repository.
struct RepositoryFile {
  std::string path;  ///< from the repository's top, with slashes: `src/base/span.hpp`
  std::string text;
};

/// The bytes of one file; a test failure and an empty text if it cannot be read.
[[nodiscard]] std::string read_repository_file(std::string_view path);

/// All files below a folder whose name ends in one of the endings, sorted by path. No files if there is no
/// such folder.
[[nodiscard]] std::vector<RepositoryFile> repository_files(std::string_view folder,
                                                           const std::vector<std::string_view>& endings);

/// The cells of the first Markdown table whose header row holds the given cell, without the header row;
/// cells are trimmed.
[[nodiscard]] std::vector<std::vector<std::string>> markdown_table(std::string_view markdown,
                                                                   std::string_view header_cell);

[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string_view trim(std::string_view text);

}  // namespace imglint::test
