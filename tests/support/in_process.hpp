// The whole program in this process, over a file system in memory: what it prints, its exit code, what it
// writes.
#pragma once

#include <string>
#include <vector>

#include "tests/support/memory_file_system.hpp"

namespace imglint::test {

struct ProgramRun {
  int code = 0;
  std::string out;
  std::string err;
};

/// Runs the program with words as on the command line (without the program's name).
[[nodiscard]] ProgramRun run_program_in(FileSystem& files, const std::vector<std::string>& words,
                                        const std::string& input = {}, bool out_is_terminal = false);

}  // namespace imglint::test
