#include "base/process.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace imglint {
namespace {

TEST(Process, PassesArgumentsAsTheyAre) {
  const auto result = run({.words = {"printf", "%s|", "a b", "$HOME", "`x`", "-n", "", "a\nb"}});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 0);
  EXPECT_EQ(result->output, "a b|$HOME|`x`|-n||a\nb|");
}

TEST(Process, KeepsTheTwoStreamsApartAndTheExitCode) {
  const auto result = run({.words = {"sh", "-c", "echo out; echo err >&2; exit 7"}});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 7);
  EXPECT_EQ(result->output, "out\n");
  EXPECT_EQ(result->errors, "err\n");
}

TEST(Process, ReadsMuchFromBothStreamsWithoutStalling) {
  const auto result = run({.words = {"sh", "-c",
                                     "head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero; "
                                     "head -c 1000000 /dev/zero >&2"}});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output.size(), 1'000'000U);
  EXPECT_EQ(result->errors.size(), 2'000'000U);
}

TEST(Process, StandardInputIsEmpty) {
  const auto result = run({.words = {"cat"}});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 0);
  EXPECT_EQ(result->output, "");
}

TEST(Process, AProgramThatIsNotThereIsAnError) {
  const auto result = run({.words = {"imglint-no-such-program"}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), std::errc::no_such_file_or_directory);
}

TEST(Process, DeathByASignalIsAStatus) {
  const auto result = run({.words = {"sh", "-c", "kill -TERM $$"}});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 128 + SIGTERM);
}

TEST(Process, WhatTakesTooLongIsKilled) {
  const auto begin = std::chrono::steady_clock::now();
  const auto late = run({.words = {"sleep", "30"}, .patience = {.longest = std::chrono::milliseconds(50)}});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error(), std::errc::timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(Process, WhatIsSlowIsAskedAboutOnceAndKilledIfItIsHopeless) {
  for (const bool hopeless : {false, true}) {
    int asked = 0;
    const auto slow = run({.words = {"sh", "-c", "sleep 0.3; echo done"},
                           .patience = {.first = std::chrono::milliseconds(20), .is_hopeless = [&] {
                                          ++asked;
                                          return hopeless;
                                        }}});
    EXPECT_EQ(asked, 1);
    ASSERT_EQ(slow.has_value(), !hopeless);
    if (slow) {
      EXPECT_EQ(slow->output, "done\n");
    }
  }
}

TEST(Process, TheEnvironmentIsChangedAsAsked) {
  setenv("IMGLINT_TEST_GONE", "1", 1);
  setenv("IMGLINT_TEST_SET", "1", 1);
  const auto result =
      run({.words = {"sh", "-c", "echo ${IMGLINT_TEST_GONE-gone} $IMGLINT_TEST_SET $IMGLINT_TEST_NEW"},
           .without = {"IMGLINT_TEST_GONE"},
           .settings = {{"IMGLINT_TEST_SET", "2"}, {"IMGLINT_TEST_NEW", "3"}}});
  unsetenv("IMGLINT_TEST_GONE");
  unsetenv("IMGLINT_TEST_SET");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output, "gone 2 3\n");
}

TEST(Process, ItsPipesAreNotInherited) {
  std::set<std::string> before;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    before.insert(entry.path().filename());
  const auto result = run({.words = {"ls", "/proc/self/fd"}});
  ASSERT_TRUE(result);
  std::istringstream numbers(result->output);
  std::set<std::string> added;
  for (std::string number; numbers >> number;)
    if (!before.contains(number)) added.insert(number);
  EXPECT_LE(added.size(), 1U) << result->output;  // the folder that ls itself reads
}

}  // namespace
}  // namespace imglint
