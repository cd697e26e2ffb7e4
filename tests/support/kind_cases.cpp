#include "tests/support/kind_cases.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/path.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;

void add_lines(const std::string& text, std::vector<Json>& all) {
  for (const std::string& line : split(text, '\n'))
    if (!line.empty()) all.push_back(Json::parse(line));
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

ListedRows listed_rows(const std::string& output) {
  std::vector<Json> all;
  add_lines(output, all);
  ListedRows rows;
  for (Json& row : all) rows[normal_path(row.at("file").get<std::string>())].push_back(std::move(row));
  return rows;
}

std::vector<Json> kind_cases(const std::string& given, const std::string& own_folder) {
  std::vector<Json> all;
  add_lines(read_repository_file("fixtures/conformance/" + given), all);
  for (const RepositoryFile& file : repository_files(own_folder, {".jsonl"})) add_lines(file.text, all);
  return all;
}

std::string test_name(const Json& one) {
  std::string name = one.at("name");
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string brief(const Json& row) {
  return row.at("role").get<std::string>() + " " + row.at("start").dump() + "-" + row.at("end").dump() + " " +
         row.at("value").dump();
}

void lay_out(const Json& files, MemoryFileSystem& disk) {
  for (const auto& [name, bytes] : files.items()) disk.put(name, bytes.get<std::string>());
}

std::vector<LabelledFile> labelled_files(const std::string& folder, MemoryFileSystem& disk) {
  const char* corpora = std::getenv("IMGLINT_KINDS_CORPUS");
  if (corpora == nullptr) return {};
  const std::filesystem::path corpus = std::filesystem::path(corpora) / folder;
  std::vector<Json> entries;
  add_lines(bytes_of(corpus / "expected.jsonl"), entries);
  std::vector<LabelledFile> files;
  for (const Json& entry : entries) {
    std::string path = entry.at("repo");
    path.replace(path.find('/'), 1, "__");
    path += "/" + entry.at("path").get<std::string>();
    disk.put(path, bytes_of(corpus / path));
    files.push_back({path, entry.at("expected")});
  }
  return files;
}

}  // namespace imglint::test
