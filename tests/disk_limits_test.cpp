// Rewriting on a real disk that is full or lent in small parts, below folders that change meanwhile.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/process.hpp"
#include "source/disk_file_system.hpp"
#include "source/result_file.hpp"
#include "source/rewrite.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::ElementsAre;

class DiskLimits : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  DiskFileSystem files_;
};

/// A folder that another process swaps for a link, to and fro, while files in it are rewritten.
TEST_F(DiskLimits, AFolderThatIsSwappedForALinkIsNotWrittenThrough) {
  TemporaryFolder outside;
  outside.write("f", "old\n");
  folder_.write("d/f", "old\n");
  const auto read = files_.read(folder_ / "d/f", 100);
  ASSERT_TRUE(read);
  std::atomic<bool> done = false;
  std::thread swapper([&, swaps = 0]() mutable {
    while (!done) {
      rename((folder_ / "d").c_str(), (folder_ / "real").c_str());
      if (symlink(outside.path().c_str(), (folder_ / "d").c_str()) == 0) unlink((folder_ / "d").c_str());
      rename((folder_ / "real").c_str(), (folder_ / "d").c_str());
      // Now and then the folder stays for as long as a file takes: on a busy machine none would be written.
      if (++swaps % 8 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  });
  int written = 0;
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (int round = 0; round < 400 || (written == 0 && std::chrono::steady_clock::now() < patience); ++round) {
    auto now = files_.read_below(folder_ / "d/f", folder_.path().size() + 1, 100);
    if (!now) continue;
    const std::string before = now->bytes;
    const std::vector<Rewrite> rewrites = {
        {folder_ / "d/f", before, "new " + std::to_string(round) + "\n", now->status}};
    if (!rewrite_files(files_, rewrites).error) ++written;
  }
  done = true;
  swapper.join();
  EXPECT_EQ(outside.read("f"), "old\n");
  EXPECT_THAT(outside.files(), ElementsAre("f")) << "not even a temporary file";
  EXPECT_GT(written, 0) << "nothing was tried";
}

/// What is read below a given folder leads through no link, wherever that stands.
TEST_F(DiskLimits, ReadingBelowAFolderFollowsNoLink) {
  folder_.write("real/deep/f", "bytes\n");
  folder_.link("real", "link");
  folder_.link("f", "real/deep/g");
  folder_.link("deep", "real/too");
  const auto code = [&](const std::string& path, std::size_t given) {
    const auto content = files_.read_below(folder_ / path, folder_.path().size() + given, 100);
    return content ? std::errc() : content.error();
  };
  EXPECT_EQ(code("real/deep/f", 1), std::errc());
  EXPECT_EQ(code("link/deep/f", 6), std::errc()) << "the link was given";
  EXPECT_EQ(code("link/deep/f", 1), std::errc::too_many_symbolic_link_levels);
  EXPECT_EQ(code("real/deep/g", 1), std::errc::too_many_symbolic_link_levels);
  EXPECT_EQ(code("real/too/f", 1), std::errc::too_many_symbolic_link_levels);
  EXPECT_EQ(code("real/../real/deep/f", 1 + 5), std::errc::too_many_symbolic_link_levels) << "leads out";
  EXPECT_EQ(code("real/none/f", 1), std::errc::no_such_file_or_directory);
}

/// As a language server meets it when a branch is changed.
TEST_F(DiskLimits, AFolderThatWasReplacedIsOpenedAnewWhenAsked) {
  folder_.write("root/f", "old\n");
  const std::size_t given = (folder_ / "root").size();
  const auto text = [&] {
    const auto content = files_.read_below(folder_ / "root/f", given, 100);
    return content ? content->bytes : std::string("no file");
  };
  EXPECT_EQ(text(), "old\n");
  ASSERT_EQ(rename((folder_ / "root").c_str(), (folder_ / "before").c_str()), 0);
  folder_.write("root/f", "new\n");
  files_.forget_folders();
  EXPECT_EQ(text(), "new\n");
}

/// Small disks of their own, where the machine lets us mount them.
struct Disk {
  const char* name;
  std::vector<std::string> make;
  std::vector<std::string> mount;
};

TEST_F(DiskLimits, OnAFullDiskEveryFileStaysAsItWas) {
  const std::string disk = folder_.make_folder("disk"),
                    image = folder_.write("image", std::string(1 << 20, 0));
  const std::vector<Disk> disks = {
      {"in memory", {"true"}, {"mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk}},
      {"on a loop device",
       {"mkfs.ext4", "-q", "-O", "^has_journal", image},
       {"mount", "-o", "loop", image, disk}},
  };
  int mounted = 0;
  for (const Disk& kind : disks) {
    SCOPED_TRACE(kind.name);
    const auto made = run({.words = kind.make});
    if (!made || made->status != 0) continue;
    const auto status = run({.words = kind.mount});
    if (!status || status->status != 0) continue;
    ++mounted;
    folder_.write("disk/f", "old\n");
    folder_.write("disk/g", "old\n");
    const std::string much(2'000'000, 'x');
    const std::vector<Rewrite> rewrites = {{disk + "/f", "old\n", "new\n"}, {disk + "/g", "old\n", much}};
    EXPECT_TRUE(rewrite_files(files_, rewrites).error);
    EXPECT_EQ(folder_.read("disk/f"), "old\n");
    EXPECT_EQ(folder_.read("disk/g"), "old\n");
    ResultFile result(files_, disk + "/f");
    result.write(much);
    const auto error = result.finish();
    if (error)
      EXPECT_EQ(error->message, "cannot write: no space left on the device");
    else
      ADD_FAILURE() << "more was written than there is room for";
    EXPECT_EQ(folder_.read("disk/f"), "old\n");
    EXPECT_EQ(run_in(folder_.path(), {"umount", "-l", disk}), "");
  }
  if (mounted == 0) GTEST_SKIP() << "this machine lets nobody mount";
}

}  // namespace
}  // namespace imglint::test
