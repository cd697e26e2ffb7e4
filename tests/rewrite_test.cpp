#include "source/rewrite.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/temporary_name.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string old_a = "FROM nginx\n", new_a = "FROM ghcr.io/org/nginx\n";
const std::string old_b = "FROM redis\n", new_b = "FROM ghcr.io/org/redis\n";

class RewriteTest : public ::testing::Test {
 protected:
  RewriteTest() { fill(files_); }
  static void fill(MemoryFileSystem& files) {
    files.put("/repo/a/Dockerfile", old_a);
    files.put("/repo/b/Dockerfile", old_b);
  }
  static std::vector<Rewrite> both() {
    return {{"/repo/a/Dockerfile", old_a, new_a}, {"/repo/b/Dockerfile", old_b, new_b}};
  }
  RewriteReport rewrite(const std::vector<Rewrite>& rewrites) { return rewrite_files(files_, rewrites); }

  MemoryFileSystem files_;
};

TEST_F(RewriteTest, ReplacesAllFiles) {
  const RewriteReport report = rewrite(both());
  EXPECT_FALSE(report.error);
  EXPECT_THAT(report.remarks, IsEmpty());
  EXPECT_THAT(report.written, ElementsAre("/repo/a/Dockerfile", "/repo/b/Dockerfile"));
  EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), new_a);
  EXPECT_EQ(files_.bytes("/repo/b/Dockerfile"), new_b);
  EXPECT_THAT(files_.paths(), SizeIs(2));
}

TEST_F(RewriteTest, PreparesAndFlushesEverythingBeforeTheFirstRename) {
  rewrite(both());
  std::vector<std::string> steps;
  for (const std::string& call : files_.writes()) steps.push_back(call.substr(0, call.find(' ')));
  EXPECT_THAT(steps, ElementsAre("create", "write", "copy_attributes", "sync", "close", "create", "write",
                                 "copy_attributes", "sync", "close", "rename", "rename", "sync_folder",
                                 "sync_folder"));
}

std::vector<Rewrite> many(MemoryFileSystem& files) {
  std::vector<Rewrite> rewrites;
  for (int number = 0; number < 100; ++number) {
    const std::string path = "/repo/d" + std::to_string(number) + "/Dockerfile";
    files.put(path, old_a);
    rewrites.push_back({path, old_a, new_a});
  }
  return rewrites;
}

TEST_F(RewriteTest, FlushesManyFilesTogetherBetweenTheLastWriteAndTheFirstRename) {
  EXPECT_FALSE(rewrite(many(files_)).error);
  std::string steps;
  for (const std::string& call : files_.writes()) {
    const std::string step = call.substr(0, call.find(' ')) + ";";
    if (!steps.ends_with(step)) steps += step;
  }
  EXPECT_THAT(steps, ::testing::StartsWith("create;write;copy_attributes;close;create;write;"));
  EXPECT_THAT(steps, ::testing::EndsWith("close;sync_all;rename;sync_all;"));
  EXPECT_THAT(files_.writes(), ::testing::Not(::testing::Contains("sync")));
}

TEST_F(RewriteTest, IfManyFilesCannotBeFlushedNoneIsReplaced) {
  const std::vector<Rewrite> rewrites = many(files_);
  files_.on_call([&](const std::string& call) {
    if (call.starts_with("sync_all")) files_.fail_at(0, std::errc::io_error);
  });
  const RewriteReport report = rewrite(rewrites);
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->message, "cannot write: input/output error; no file was changed");
  EXPECT_EQ(files_.bytes("/repo/d7/Dockerfile"), old_a);
  EXPECT_THAT(files_.paths(), SizeIs(102));
}

TEST_F(RewriteTest, WritesNothingWhereNothingChanges) {
  const RewriteReport report = rewrite({{"/repo/a/Dockerfile", old_a, old_a}});
  EXPECT_FALSE(report.error);
  EXPECT_THAT(report.written, IsEmpty());
  EXPECT_THAT(files_.log(), IsEmpty());
}

TEST_F(RewriteTest, KeepsModeAndAttributes) {
  files_.set_permissions("/repo/a/Dockerfile", 04751);
  files_.set_attribute("/repo/a/Dockerfile", "user.note", "keep");
  rewrite(both());
  EXPECT_EQ(files_.permissions("/repo/a/Dockerfile"), 04751U);
  EXPECT_EQ(files_.attributes("/repo/a/Dockerfile"),
            (std::map<std::string, std::string>{{"user.note", "keep"}}));
}

TEST_F(RewriteTest, WritesOnUntilAllIsWritten) {
  files_.set_longest_write(3);
  EXPECT_FALSE(rewrite(both()).error);
  EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), new_a);
}

TEST_F(RewriteTest, AWriteThatWritesNothingIsAnError) {
  files_.set_longest_write(0);
  const RewriteReport report = rewrite(both());
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->message, "cannot write: input/output error; no file was changed");
}

TEST_F(RewriteTest, WritesTheTargetOfASymbolicLink) {
  files_.put_link("/repo/Dockerfile", "a/Dockerfile");
  files_.put_link("/link", "/repo/Dockerfile");
  const RewriteReport report = rewrite({{"/link", old_a, new_a}});
  EXPECT_THAT(report.written, ElementsAre("/link"));
  EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), new_a);
  EXPECT_EQ(files_.bytes("/link"), "/repo/Dockerfile");
  EXPECT_THAT(files_.writes().at(0), HasSubstr("create /repo/a/.imglint-"));
}

TEST_F(RewriteTest, AFileGivenByTwoNamesIsWrittenOnce) {
  files_.put_link("/link", "/repo/a/Dockerfile");
  const RewriteReport report = rewrite({{"/repo/a/Dockerfile", old_a, new_a}, {"/link", old_a, new_a}});
  EXPECT_FALSE(report.error);
  EXPECT_THAT(report.written, ElementsAre("/repo/a/Dockerfile", "/link"));
  EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), new_a);
}

TEST_F(RewriteTest, AFileGivenByTwoNamesWithDifferentChangesIsRefused) {
  files_.put_link("/link", "/repo/a/Dockerfile");
  const RewriteReport report = rewrite({{"/repo/a/Dockerfile", old_a, new_a}, {"/link", old_a, "other"}});
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->path, "/link");
  EXPECT_THAT(report.error->message, HasSubstr("the same file as '/repo/a/Dockerfile'"));
  EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), old_a);
  EXPECT_THAT(files_.paths(), SizeIs(3));
}

TEST_F(RewriteTest, PartsHardLinksAndSaysSo) {
  files_.put_hard_link("/other", "/repo/a/Dockerfile");
  const RewriteReport report = rewrite(both());
  EXPECT_FALSE(report.error);
  EXPECT_EQ(files_.bytes("/other"), old_a);
  EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), new_a);
  ASSERT_THAT(report.remarks, SizeIs(1));
  EXPECT_EQ(report.remarks[0].message, "the file had 2 names (hard links); the others keep the old text");
}

TEST_F(RewriteTest, TwoHardLinksOfOneFileAreBothWritten) {
  files_.put_hard_link("/other", "/repo/a/Dockerfile");
  const RewriteReport report = rewrite({{"/other", old_a, new_a}, {"/repo/a/Dockerfile", old_a, new_a}});
  EXPECT_FALSE(report.error);
  EXPECT_EQ(files_.bytes("/other"), new_a);
  EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), new_a);
}

TEST_F(RewriteTest, LeavesAFileAloneThatChangedSinceItWasRead) {
  const std::string other = "FROM other\n";
  for (const std::string& bytes : {std::string("FROM redis:7\n"), other, std::string()}) {
    files_.put("/repo/b/Dockerfile", bytes);
    const RewriteReport report = rewrite(both());
    ASSERT_TRUE(report.error);
    EXPECT_EQ(report.error->path, "/repo/b/Dockerfile");
    EXPECT_EQ(report.error->message,
              "cannot write: another program has changed the file since it was read; no file was changed");
    EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), old_a);
    EXPECT_EQ(files_.bytes("/repo/b/Dockerfile"), bytes);
    EXPECT_THAT(files_.paths(), SizeIs(2));
  }
}

TEST_F(RewriteTest, LeavesAFileAloneThatChangesWhileOthersAreBeingWritten) {
  bool done = false;
  files_.on_call([&](const std::string& call) {
    if (done || !call.starts_with("create /repo/b")) return;
    done = true;
    files_.put("/repo/a/Dockerfile", "FROM other\n");
  });
  const RewriteReport report = rewrite(both());
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->path, "/repo/a/Dockerfile");
  EXPECT_THAT(report.written, IsEmpty());
  EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), "FROM other\n");
  EXPECT_EQ(files_.bytes("/repo/b/Dockerfile"), old_b);
  EXPECT_THAT(files_.paths(), SizeIs(2));
}

TEST_F(RewriteTest, RefusesAReadOnlyFile) {
  for (const std::uint32_t permissions : {0444U, 0066U}) {
    files_.set_permissions("/repo/b/Dockerfile", permissions);
    const RewriteReport report = rewrite(both());
    ASSERT_TRUE(report.error);
    EXPECT_EQ(report.error->path, "/repo/b/Dockerfile");
    EXPECT_THAT(report.error->message, AnyOf("cannot write: the file is read-only; no file was changed",
                                             "cannot write: permission denied; no file was changed"));
    EXPECT_EQ(files_.bytes("/repo/a/Dockerfile"), old_a);
    EXPECT_THAT(files_.paths(), SizeIs(2));
  }
}

TEST_F(RewriteTest, SaysWhatWasWrittenIfARenameFailsLate) {
  files_.on_call([&](const std::string& call) {
    if (call.starts_with("rename") && call.ends_with("/repo/b/Dockerfile"))
      files_.fail_at(0, std::errc::device_or_resource_busy);
  });
  const RewriteReport report = rewrite(both());
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->path, "/repo/b/Dockerfile");
  EXPECT_EQ(report.error->message, "cannot replace: it is in use by the system");
  EXPECT_EQ(report.error->hint, "already written: /repo/a/Dockerfile");
  EXPECT_THAT(report.written, ElementsAre("/repo/a/Dockerfile"));
  EXPECT_THAT(files_.paths(), SizeIs(2));
}

/// Every single call fails once, in every way: whatever happens, each file is old or new, the report is true,
/// and no temporary file is left.
TEST_F(RewriteTest, ASingleFailureAnywhereLeavesEveryFileOldOrNew) {
  rewrite(both());
  const std::size_t calls = files_.log().size();
  ASSERT_GT(calls, 25U);
  for (const std::errc code :
       {std::errc::no_space_on_device, std::errc::io_error, std::errc::permission_denied,
        std::errc::interrupted, std::errc::no_such_file_or_directory}) {
    for (std::size_t call = 0; call < calls; ++call) {
      MemoryFileSystem files;
      fill(files);
      files.fail_at(call, code);
      const std::vector<Rewrite> rewrites = both();
      const RewriteReport report = rewrite_files(files, rewrites);
      SCOPED_TRACE(files.log().at(call) + ": " + std::make_error_code(code).message());
      for (const Rewrite& one : rewrites) {
        const bool written = std::count(report.written.begin(), report.written.end(), one.path) != 0;
        EXPECT_EQ(files.bytes(one.path), written ? one.after : one.before);
      }
      EXPECT_THAT(files.paths(), SizeIs(2));
      const bool harmless =
          files.log().at(call).starts_with("list") || files.log().at(call).starts_with("sync_folder");
      EXPECT_EQ(report.error.has_value(), !harmless);
      if (!report.error) continue;
      EXPECT_THAT(report.error->path, AnyOf("/repo/a/Dockerfile", "/repo/b/Dockerfile"));
    }
  }
}

TEST_F(RewriteTest, ASecondFailureWhileUndoingStillLeavesEveryFileOldOrNew) {
  for (std::size_t first = 0; first < 30; ++first) {
    MemoryFileSystem files;
    fill(files);
    std::size_t calls = 0;
    files.on_call([&](const std::string& call) {
      if (calls++ == first || call.starts_with("remove")) files.fail_at(0, std::errc::io_error);
    });
    const std::vector<Rewrite> rewrites = both();
    const RewriteReport report = rewrite_files(files, rewrites);
    for (const Rewrite& one : rewrites) {
      const bool written = std::count(report.written.begin(), report.written.end(), one.path) != 0;
      EXPECT_EQ(files.bytes(one.path), written ? one.after : one.before);
    }
  }
}

TEST_F(RewriteTest, TakesAwayWhatKilledRunsLeft) {
  const std::string ours = new_temporary_name();
  const auto dash = ours.find('-', std::string_view(".imglint-").size());
  const std::string machine = ours.substr(0, dash + 1), random = ours.substr(ours.rfind('-'));
  files_.put("/repo/a/" + ours, "being written");
  files_.put("/repo/a/" + machine + "999999999" + random, "its process has ended");
  files_.put("/repo/a/.imglint-00000000-1-0123456789abcdef", "from another machine, of 1970");
  files_.put("/repo/a/.imglint-notes", "not such a name");
  files_.put("/repo/b/" + machine + "999999999" + random, "nothing is written here");
  rewrite({{"/repo/a/Dockerfile", old_a, new_a}});
  EXPECT_THAT(files_.paths(), ::testing::UnorderedElementsAre(
                                  "/repo/a/" + ours, "/repo/a/.imglint-notes", "/repo/a/Dockerfile",
                                  "/repo/b/" + machine + "999999999" + random, "/repo/b/Dockerfile"));
}

TEST(TemporaryName, TellsWhetherItsMakerLives) {
  const std::string ours = new_temporary_name();
  EXPECT_NE(ours, new_temporary_name());
  constexpr std::int64_t hour = std::int64_t{3600} * 1'000'000'000;
  EXPECT_FALSE(is_left_over(ours, 48 * hour));
  EXPECT_FALSE(is_left_over(".imglint-00000000-1-0123456789abcdef", hour));
  EXPECT_TRUE(is_left_over(".imglint-00000000-1-0123456789abcdef", 48 * hour));
  for (const char* name :
       {"", ".imglint-", ".imglintignore", ".imglint-00000000-1-", ".imglint-00000000-0-0123456789abcdef",
        ".imglint-00000000--1-0123456789abcdef", ".imglint-0000000g-1-0123456789abcdef",
        ".imglint-00000000-1-0123456789abcdefg", ".imglint-00000000-1x-0123456789abcdef",
        ".imglint-00000000-99999999999999999999-0123456789abcdef"})
    EXPECT_FALSE(is_left_over(name, 48 * hour)) << name;
}

/// Runs a rewrite during which the signal comes just before a call; reports by the exit code what the program
/// would do next, were it still alive.
void rewrite_with_signal(int signal, const std::string& before_call) {
  MemoryFileSystem files;
  files.put("/a/Dockerfile", old_a);
  files.put("/b/Dockerfile", old_b);
  std::string written;
  files.on_call([&](const std::string& call) {
    if (call.starts_with(before_call)) std::raise(signal);
    if (call.starts_with("rename") || call.starts_with("remove") || call.starts_with("sync_folder"))
      std::fprintf(stderr, "%s;", call.substr(0, call.find(' ')).c_str());
  });
  const std::vector<Rewrite> rewrites = {{"/a/Dockerfile", old_a, new_a}, {"/b/Dockerfile", old_b, new_b}};
  (void)rewrite_files(files, rewrites);
  std::exit(0);
}

TEST(RewriteSignals, BeforeTheFirstRenameAllIsUndoneThenTheSignalEndsTheProgram) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    EXPECT_EXIT(rewrite_with_signal(signal, "create /a"), ::testing::KilledBySignal(signal), "^remove;$");
    EXPECT_EXIT(rewrite_with_signal(signal, "sync"), ::testing::KilledBySignal(signal), "^remove;$");
  }
}

TEST(RewriteSignals, AfterTheFirstRenameAllIsDoneThenTheSignalEndsTheProgram) {
  EXPECT_EXIT(rewrite_with_signal(SIGINT, "rename"), ::testing::KilledBySignal(SIGINT),
              "^rename;rename;sync_folder;sync_folder;$");
}

TEST(RewriteSignals, WithoutASignalNothingEnds) {
  EXPECT_EXIT(rewrite_with_signal(SIGINT, "never"), ::testing::ExitedWithCode(0), "rename;rename");
}

}  // namespace
}  // namespace imglint::test
