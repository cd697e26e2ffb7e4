// A repository in memory, at /p, for tests of what the program says and changes in compose projects.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {

class ProjectTest : public ::testing::Test {
 protected:
  ProjectTest() { disk.put("/p/.git/HEAD", ""); }

  void add(const std::string& path, std::string text) { disk.put("/p/" + path, std::move(text)); }
  [[nodiscard]] std::string text(const std::string& path) const { return disk.bytes("/p/" + path); }
  ProgramRun run(const std::vector<std::string>& words) { return run_program_in(disk, words); }

  MemoryFileSystem disk;
};

}  // namespace imglint::test
