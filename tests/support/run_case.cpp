#include "tests/support/run_case.hpp"

#include <gmock/gmock.h>

#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {

using ::testing::HasSubstr;
using ::testing::Not;

void check_run_case(const RunCase& one) {
  MemoryFileSystem disk;
  for (const auto& [name, bytes] : one.files) disk.put(name, bytes);
  const ProgramRun run = run_program_in(disk, one.words);
  const std::string told = run.out + run.err;
  EXPECT_EQ(run.code, one.code) << told;
  for (const std::string& part : one.said) EXPECT_THAT(told, HasSubstr(part));
  for (const std::string& part : one.not_said) EXPECT_THAT(told, Not(HasSubstr(part)));
  for (const auto& [name, bytes] : one.files) {
    const auto changed = one.changed.find(name);
    EXPECT_EQ(disk.bytes(name), changed == one.changed.end() ? bytes : changed->second) << name;
  }
}

std::string name_of_case(const testing::TestParamInfo<RunCase>& one) { return one.param.name; }

std::string deployment(const std::string& image) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  template:\n    spec:\n"
         "      containers:\n      - name: c\n        image: " +
         image + "\n";
}

std::string patching() {
  return "resources: [d.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n";
}

std::string values(const std::string& tag) {
  return "image:\n  repository: quay.io/acme/api\n  tag: " + tag + "\n";
}

}  // namespace imglint::test
