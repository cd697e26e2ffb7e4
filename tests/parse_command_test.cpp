#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cli/color.hpp"
#include "cli/program.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint {
namespace {

struct Outcome {
  ExitCode code = ExitCode::failed;
  std::string out;
  std::string err;
};

Outcome run(const std::vector<std::string>& arguments, const std::string& input = {}) {
  test::MemoryFileSystem files;
  Outcome outcome;
  const Session session{.files = files,
                        .read_input = [&](std::uint64_t) -> Result<std::string> { return input; },
                        .out = [&](std::string_view text) { outcome.out += text; },
                        .err = [&](std::string_view text) { outcome.err += text; }};
  outcome.code = run_program(arguments, session);
  return outcome;
}

/// The `input` fields of the answers, one a line.
std::string inputs(const std::string& jsonl) {
  std::string result;
  for (std::size_t at = 0; at < jsonl.size(); at = jsonl.find('\n', at) + 1)
    result.append(jsonl.substr(at, jsonl.find(",\"valid\"", at) - at)).append("\n");
  return result;
}

TEST(ParseCommand, AnswersEachReferenceInOrder) {
  const Outcome outcome = run({"parse", "--format", "jsonl", "nginx", "ghcr.io/acme/app:1"});
  EXPECT_EQ(outcome.code, ExitCode::clean);
  EXPECT_EQ(inputs(outcome.out), "{\"input\":\"nginx\"\n{\"input\":\"ghcr.io/acme/app:1\"\n");
  EXPECT_EQ(outcome.err, "");
}

TEST(ParseCommand, SaysWithItsExitCodeThatOneIsFaulty) {
  EXPECT_EQ(run({"parse", "nginx", "nginx:"}).code, ExitCode::findings);
  EXPECT_EQ(run({"parse", "nginx:"}).out, "error: no tag after ':'\n  | nginx:\n  |      ^\n");
}

TEST(ParseCommand, TakesWordsAsTheyStand) {
  const Outcome outcome = run({"parse", "--format=jsonl", "[::1]", "[a,b]", "", "{}", "%%", "list", "a,b",
                               "--", "-x", "--format", "--", "[]"});
  EXPECT_EQ(
      inputs(outcome.out),
      "{\"input\":\"[::1]\"\n{\"input\":\"[a,b]\"\n{\"input\":\"\"\n{\"input\":\"{}\"\n{\"input\":\"%%\"\n"
      "{\"input\":\"list\"\n{\"input\":\"a,b\"\n{\"input\":\"-x\"\n{\"input\":\"--format\"\n"
      "{\"input\":\"--\"\n{\"input\":\"[]\"\n");
}

TEST(ParseCommand, ReadsReferencesThatEndInNulFromStandardInput) {
  const std::string input("a\0\0b c\0last", 11);
  const Outcome outcome = run({"parse", "-0", "--format", "jsonl"}, input);
  EXPECT_EQ(outcome.code, ExitCode::findings);
  EXPECT_EQ(inputs(outcome.out),
            "{\"input\":\"a\"\n{\"input\":\"\"\n{\"input\":\"b c\"\n{\"input\":\"last\"\n");
  EXPECT_EQ(run({"parse", "-0"}, "").code, ExitCode::clean);
}

TEST(ParseCommand, RefusesWhatItCannotDo) {
  const struct {
    std::vector<std::string> arguments;
    std::string_view error;
  } cases[] = {
      {{"parse"}, "error: no reference to parse"},
      {{"parse", "-0", "a"}, "error: a reference on the command line and -0 exclude each other"},
      {{"parse", "-x"},
       "error: no such option: -x\n  hint: for a reference that begins with '-' write 'imglint parse -- -x'"},
      {{"parse", "--format", "sarif", "a"}, "no such format: sarif (there are text, json, jsonl)"},
  };
  for (const auto& one : cases) {
    const Outcome outcome = run(one.arguments);
    EXPECT_EQ(outcome.code, ExitCode::failed);
    EXPECT_NE(outcome.err.find(one.error), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
}

TEST(ParseCommand, PassesOnThatInputCannotBeRead) {
  test::MemoryFileSystem files;
  std::string err;
  const Session session{
      .files = files,
      .read_input = [](std::uint64_t) -> Result<std::string> { return Error{.message = "broken"}; },
      .out = [](std::string_view) {},
      .err = [&](std::string_view text) { err += text; }};
  EXPECT_EQ(run_program({"parse", "-0"}, session), ExitCode::failed);
  EXPECT_EQ(err, "imglint: error: broken\n");
}

TEST(ParseCommand, HelpNamesProgramAndCommand) {
  const Outcome outcome = run({"parse", "--help"});
  EXPECT_EQ(outcome.code, ExitCode::clean);
  EXPECT_NE(outcome.out.find("imglint parse [OPTIONS]"), std::string::npos) << outcome.out;
}

TEST(Color, FollowsTheEnvironmentThenTheStream) {
  EXPECT_TRUE(wants_color(true, nullptr, nullptr));
  EXPECT_FALSE(wants_color(false, nullptr, nullptr));
  EXPECT_FALSE(wants_color(true, "1", nullptr));
  EXPECT_TRUE(wants_color(true, "", nullptr));
  EXPECT_TRUE(wants_color(false, nullptr, "1"));
  EXPECT_FALSE(wants_color(false, nullptr, "0"));
  EXPECT_FALSE(wants_color(false, nullptr, ""));
  EXPECT_FALSE(wants_color(true, "1", "1"));
}

}  // namespace
}  // namespace imglint
