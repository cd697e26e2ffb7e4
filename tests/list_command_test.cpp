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

/// An inventory does not leave out a file in silence.
TEST(ListCommand, NamesFilesThatCannotBeRead) {
  MemoryFileSystem files;
  files.put("Dockerfile", "FROM nginx:1\n");
  files.put("compose.yaml", std::string("services: {a: {image: a}}\n\0", 28));
  const ProgramRun json = run_program_in(files, {"list", "--format", "json"});
  EXPECT_EQ(json.code, 2);
  const auto troubles = nlohmann::json::parse(json.out).at("troubles");
  ASSERT_EQ(troubles.size(), 1u) << json.out;
  EXPECT_EQ(troubles.at(0).at("file"), "compose.yaml");
  EXPECT_EQ(troubles.at(0).at("line"), 0);
  EXPECT_EQ(troubles.at(0).at("message"), "looks like a binary file (it holds a NUL byte)");
  EXPECT_EQ(json.err.find("compose.yaml: error:"), json.err.rfind("compose.yaml: error:")) << json.err;
  const ProgramRun lines = run_program_in(files, {"list", "--format", "jsonl"});
  EXPECT_THAT(lines.out, HasSubstr("{\"file\":\"compose.yaml\",\"line\":0,\"column\":0,\"start\":0,\"end\":0,"
                                   "\"message\":\"looks like a binary file (it holds a NUL byte)\","
                                   "\"editable\":false}\n"));
}

}  // namespace
}  // namespace imglint::test
