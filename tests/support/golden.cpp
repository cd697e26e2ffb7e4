#include "tests/support/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/paths.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

std::filesystem::path in_source_folder(const std::string& path) { return source_folder() / path; }

}  // namespace

void expect_golden(std::string_view actual, const std::string& path) {
  if (std::getenv("IMGLINT_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(in_source_folder(path).parent_path());
    std::ofstream(in_source_folder(path), std::ios::binary) << actual;
    return;
  }
  EXPECT_EQ(actual, read_repository_file(path))
      << "to accept it: IMGLINT_UPDATE_GOLDEN=1 ctest, then review the diff of " << path;
}

}  // namespace imglint::test
