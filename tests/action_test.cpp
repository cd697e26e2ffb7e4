// action.yml: its script hands over the words of `args` as a person would type them.
#include <string>
#include <sys/stat.h>
#include <vector>

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "base/process.hpp"
#include "tests/support/repository.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

/// The step that runs imglint, as a runner would run it, with a program that prints its arguments.
class ActionTest : public ::testing::Test {
 protected:
  ActionTest() {
    const YAML::Node steps = YAML::Load(read_repository_file("action.yml"))["runs"]["steps"];
    script_ = folder_.write("step.sh", steps[steps.size() - 1]["run"].as<std::string>());
    program_ = folder_.write("imglint", "#!/bin/sh\nfor word; do printf '[%s]' \"$word\"; done\nexit 1\n");
    EXPECT_EQ(chmod(program_.c_str(), 0755), 0);
  }
  ProcessOutput run_step(const std::string& args) {
    const auto result = run({.words = {"bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script_},
                             .settings = {{"IMGLINT_ARGS", args}, {"IMGLINT_PROGRAM", program_}}});
    EXPECT_TRUE(result);
    return result ? *result : ProcessOutput{};
  }

  TemporaryFolder folder_;
  std::string script_;
  std::string program_;
};

struct ArgumentsCase {
  const char* args;
  const char* words;
};

constexpr ArgumentsCase arguments_cases[] = {
    {"check", "[check]"},
    {"check --exit-zero --format sarif=a.sarif", "[check][--exit-zero][--format][sarif=a.sarif]"},
    {"check\n--exit-zero\n  src\n", "[check][--exit-zero][src]"},
    {"check \\\n  --exit-zero \\\n  src\n", "[check][--exit-zero][src]"},
    {"check\r\n--exit-zero\r\n", "[check][--exit-zero]"},
    {"check 'two words' \"two  more\"", "[check][two words][two  more]"},
    {"check --env 'A=$(id)' `id` $HOME *", "[check][--env][A=$(id)][`id`][$HOME][*]"},
    {"check ''", "[check][]"},
    {"check it\\'s a\"b c\"d", "[check][it's][ab cd]"},
    {"", ""},
    {" \n ", ""},
};

TEST_F(ActionTest, PassesTheWordsOfAllLinesWithTheirQuotes) {
  for (const ArgumentsCase& test : arguments_cases) {
    const ProcessOutput result = run_step(test.args);
    EXPECT_EQ(result.output, test.words) << test.args << result.errors;
    EXPECT_EQ(result.status, 1) << "the program's own exit code: " << test.args;
  }
}

TEST_F(ActionTest, AQuoteWithoutItsEndIsAnErrorAndNothingRuns) {
  const ProcessOutput result = run_step("check 'src");
  EXPECT_EQ(result.output, "");
  EXPECT_NE(result.status, 0);
  EXPECT_NE(result.errors, "");
}

}  // namespace
}  // namespace imglint::test
