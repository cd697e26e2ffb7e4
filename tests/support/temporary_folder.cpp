#include "tests/support/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdlib.h>

#include <gtest/gtest.h>

#include "base/process.hpp"

namespace imglint::test {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder(bool in_memory) {
  const fs::path parent = in_memory && fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
  std::string pattern = fs::canonical(parent).string() + "/imglint-test-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) ADD_FAILURE() << "cannot make " << pattern;
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::operator/(std::string_view relative) const {
  return path_ + "/" + std::string(relative);
}

std::string TemporaryFolder::write(std::string_view relative, std::string_view bytes) const {
  const std::string path = *this / relative;
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  EXPECT_TRUE(file) << path;
  return path;
}

std::string TemporaryFolder::make_folder(std::string_view relative) const {
  fs::create_directories(*this / relative);
  return *this / relative;
}

void TemporaryFolder::link(std::string_view target, std::string_view relative) const {
  fs::create_directories(fs::path(*this / relative).parent_path());
  fs::create_symlink(target, *this / relative);
}

std::string TemporaryFolder::read(std::string_view relative) const {
  std::ifstream file(*this / relative, std::ios::binary);
  EXPECT_TRUE(file) << relative;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> TemporaryFolder::files() const {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(path_))
    if (entry.is_symlink() || !entry.is_directory())
      paths.push_back(entry.path().string().substr(path_.size() + 1));
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string run_in(const std::string& folder, const std::vector<std::string>& words) {
  Invocation command{.words = {"env", "-C", folder},
                     .without = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"},
                     .settings = {{"GIT_CONFIG_GLOBAL", "/dev/null"},
                                  {"GIT_CONFIG_NOSYSTEM", "1"},
                                  {"GIT_AUTHOR_NAME", "Test"},
                                  {"GIT_AUTHOR_EMAIL", "test@example.com"},
                                  {"GIT_COMMITTER_NAME", "Test"},
                                  {"GIT_COMMITTER_EMAIL", "test@example.com"}}};
  command.words.insert(command.words.end(), words.begin(), words.end());
  const auto result = run(command);
  if (!result) {
    ADD_FAILURE() << "cannot run " << words[0];
    return {};
  }
  EXPECT_EQ(result->status, 0) << words[0] << ": " << result->errors;
  return result->output;
}

}  // namespace imglint::test
