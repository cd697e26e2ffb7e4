// `imglint retarget` over a few files in memory.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"

namespace imglint::test {

using Words = std::vector<std::string>;

[[nodiscard]] inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class RetargetFixture : public ::testing::Test {
 protected:
  void put(const std::map<std::string, std::string>& files) {
    for (const auto& [name, text] : files) files_.put(name, text);
  }
  ProgramRun run(Words words, bool out_is_terminal = false) {
    words.insert(words.begin(), "retarget");
    return run_program_in(files_, words, {}, out_is_terminal);
  }
  [[nodiscard]] std::string text(const std::string& name) const { return files_.bytes(name); }

  MemoryFileSystem files_;
};

}  // namespace imglint::test
