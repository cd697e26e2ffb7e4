// The program in a folder made to hurt: names that steer terminals, links in circles and out of the folder,
// pipes, a huge file.
#include <chrono>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/printable.hpp"
#include "base/process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

class HostileTree : public ::testing::Test {
 protected:
  HostileTree() {
    outside_.write("Dockerfile", "FROM outside\n");
    for (const char* name : {"Dockerfile", "Dockerfile.\x1b]0;title\x07", "Dockerfile.line\nbreak",
                             "Dockerfile.\x9B\xFF", "Dockerfile.\xC2\x9B", "Dockerfile.\xE2\x80\xAEtxet",
                             "Dockerfile.`id`", "Dockerfile.$(id)", "-rf.dockerfile", "--fix.dockerfile"})
      folder_.write(std::string("names/") + name, "FROM nginx\nFROM BAD:\x1b[31m\x9B\n");
    folder_.link("..", "links/up");
    folder_.link("loop", "links/loop");
    folder_.link(outside_.path(), "links/out");
    folder_.link(outside_ / "Dockerfile", "links/Dockerfile");
    EXPECT_EQ(mkfifo((folder_ / "Dockerfile").c_str(), 0600), 0);
    EXPECT_EQ(mkfifo((folder_ / "compose.yaml").c_str(), 0600), 0);
    folder_.make_folder("compose.yml");
    const std::string huge = folder_.write("huge/Dockerfile", "FROM nginx\n");
    if (truncate(huge.c_str(), 100LL << 30) != 0) unlink(huge.c_str());
  }
  ProcessOutput run_program(std::vector<std::string> words, const std::string& path) {
    words.insert(words.begin(), {"timeout", "60", program_path().string()});
    words.insert(words.end(), {"--", path});
    const auto result = run({.words = words});
    EXPECT_TRUE(result);
    return result ? *result : ProcessOutput{};
  }

  TemporaryFolder folder_;
  TemporaryFolder outside_;
};

/// Everything but line ends is fit for a terminal.
void expect_harmless(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    EXPECT_TRUE(point.value == '\n' || is_printable(point)) << printable(text.substr(0, 2000));
    if (point.value != '\n' && !is_printable(point)) return;
    rest.remove_prefix(point.size);
  }
}

TEST_F(HostileTree, IsReadWithoutHangOrHarm) {
  for (const bool in_work_tree : {false, true}) {
    if (in_work_tree) run_in(folder_.path(), {"git", "init", "-q"});
    const std::vector<std::string> before = folder_.files();
    const ProcessOutput result = run_program({"list"}, folder_.path());
    EXPECT_THAT(result.output, HasSubstr("names/Dockerfile:1:6: from nginx = docker.io/library/nginx\n"));
    EXPECT_THAT(result.output, HasSubstr("names/--fix.dockerfile:1:6"));
    EXPECT_THAT(result.output, ::testing::Not(HasSubstr("outside")));
    EXPECT_THAT(result.errors, ContainsRegex("huge/Dockerfile: error: the file has 100 GiB"));
    EXPECT_EQ(result.status, 2);
    expect_harmless(result.output);
    expect_harmless(result.errors);
    EXPECT_EQ(folder_.files(), before);
  }
}

TEST_F(HostileTree, NothingOutsideIsWrittenOrBehindALink) {
  folder_.write("links/own/Dockerfile", "FROM nginx\n");
  folder_.link(outside_.path(), "links/own/out");
  const ProcessOutput result = run_program({"retarget", "--to", "ghcr.io/org"}, folder_ / "links");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(folder_.read("links/own/Dockerfile"), "FROM ghcr.io/org/nginx\n");
  EXPECT_EQ(outside_.read("Dockerfile"), "FROM outside\n");
  EXPECT_THAT(outside_.files(), ::testing::ElementsAre("Dockerfile"));
}

TEST_F(HostileTree, ANamedPipeIsAnErrorNotAWait) {
  const ProcessOutput result = run_program({"list"}, folder_ / "Dockerfile");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.errors, HasSubstr("/Dockerfile: error: cannot read: it is no regular file"));
}

TEST_F(HostileTree, AMissingPathIsPrintedSafely) {
  const ProcessOutput result = run_program({"list"}, "no\x1b[31m\nsuch\xFF");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.errors,
              HasSubstr("no\\x1B[31m\\nsuch\\xFF: error: cannot read: no such file or folder"));
  expect_harmless(result.errors);
}

TEST_F(HostileTree, ALinkOutOfTheFolderIsFollowedIfNamed) {
  const ProcessOutput result = run_program({"list"}, folder_ / "links/Dockerfile");
  EXPECT_THAT(result.output, HasSubstr("from outside"));
}

}  // namespace
}  // namespace imglint::test
