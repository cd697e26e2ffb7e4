// `imglint list`: what it says beside the references.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using ::testing::HasSubstr;

TEST(ListCommand, TellsOnceOfAnEnvFileThatComposeDoesNotRead) {
  MemoryFileSystem files;
  files.put(".env", "A=1\nB='open\n");
  files.put("compose.yaml", "services: {a: {image: \"a:$A\"}}\n");
  files.put("compose.prod.yaml", "services: {b: {image: \"b:$A\"}}\n");
  const ProgramRun text = run_program_in(files, {"list", "compose.yaml", "compose.prod.yaml"});
  EXPECT_EQ(text.code, 1);
  EXPECT_THAT(text.err, HasSubstr(".env:2:"));
  EXPECT_EQ(text.err.find(".env:2:"), text.err.rfind(".env:2:")) << text.err;
  const ProgramRun json =
      run_program_in(files, {"list", "--format", "json", "compose.yaml", "compose.prod.yaml"});
  const auto troubles = nlohmann::json::parse(json.out).at("troubles");
  ASSERT_EQ(troubles.size(), 1u) << json.out;
  EXPECT_EQ(troubles.at(0).at("file"), ".env");
  EXPECT_EQ(troubles.at(0).at("line"), 2);
}

}  // namespace
}  // namespace imglint::test
