#include "tests/support/repository.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/support/paths.hpp"

namespace imglint::test {

std::string read_repository_file(std::string_view path) {
  std::ifstream stream(source_folder() / path, std::ios::binary);
  if (!stream) {
    ADD_FAILURE() << "cannot read " << path;
    return {};
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<RepositoryFile> repository_files(std::string_view folder,
                                             const std::vector<std::string_view>& endings) {
  const std::filesystem::path& top = source_folder();
  std::vector<RepositoryFile> files;
  if (!std::filesystem::is_directory(top / folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(top / folder)) {
    const std::string path = entry.path().lexically_relative(top).generic_string();
    const auto matches = [&](std::string_view ending) { return path.ends_with(ending); };
    if (entry.is_regular_file() && std::ranges::any_of(endings, matches))
      files.push_back({path, read_repository_file(path)});
  }
  std::ranges::sort(files, {}, &RepositoryFile::path);
  return files;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::vector<std::string>> markdown_table(std::string_view markdown,
                                                     std::string_view header_cell) {
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  for (const std::string& line : split(markdown, '\n')) {
    const std::string_view row = trim(line);
    if (!row.starts_with('|')) {
      if (inside) break;
      continue;
    }
    std::vector<std::string> cells;
    for (const std::string& cell : split(row.substr(1, row.size() - 2), '|')) cells.emplace_back(trim(cell));
    if (inside && !row.starts_with("|-")) rows.push_back(std::move(cells));
    if (!inside && std::ranges::find(cells, header_cell) != cells.end()) inside = true;
  }
  return rows;
}

}  // namespace imglint::test
