// Cases of kinds of files, a JSON object a line: small trees with the references in them, and labelled real
// files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"

namespace imglint::test {

/// Rows of `list --format jsonl` by normal path of their file.
using ListedRows = std::map<std::string, std::vector<nlohmann::json>>;
[[nodiscard]] ListedRows listed_rows(const std::string& output);

/// Those of a file of fixtures/conformance/ and of all in a folder of fixtures/.
[[nodiscard]] std::vector<nlohmann::json> kind_cases(const std::string& given, const std::string& own_folder);
/// The name of a case, as a test may have it.
[[nodiscard]] std::string test_name(const nlohmann::json& one);
/// `container 10-20 "nginx:1"`.
[[nodiscard]] std::string brief(const nlohmann::json& row);

void lay_out(const nlohmann::json& files, MemoryFileSystem& disk);

/// Real files with what is to be found in them, from a folder of IMGLINT_KINDS_CORPUS.
struct LabelledFile {
  std::string path;
  nlohmann::json expected;
};
/// Puts the files on the disk. Empty if the variable is not set.
[[nodiscard]] std::vector<LabelledFile> labelled_files(const std::string& folder, MemoryFileSystem& disk);

}  // namespace imglint::test
