// Rewriting on the real disk: what a file is besides its bytes, who may write, and processes that die or
// meet.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/process.hpp"
#include "source/disk_file_system.hpp"
#include "source/rewrite.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr uid_t nobody = 65534;

struct stat status_of(const std::string& path) {
  struct stat info = {};
  EXPECT_EQ(lstat(path.c_str(), &info), 0) << path;
  return info;
}

std::string attribute(const std::string& path, const char* name) {
  std::string value(1000, '\0');
  const ssize_t size = lgetxattr(path.c_str(), name, value.data(), value.size());
  value.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return value;
}

bool set_attribute(const std::string& path, const char* name, const std::string& value) {
  return lsetxattr(path.c_str(), name, value.data(), value.size(), 0) == 0;
}

/// An access control list in the kernel's form: owner, one more user, group, mask, others.
std::string access_list(std::uint8_t mask) {
  const auto entry = [](std::uint8_t tag, std::uint8_t rights, std::uint16_t id, bool has_id) {
    const auto byte = [](int value) { return static_cast<char>(value); };
    const std::string number =
        has_id ? std::string{byte(id & 255), byte(id >> 8), 0, 0} : std::string(4, byte(255));
    return std::string{byte(tag), 0, byte(rights), 0} + number;
  };
  return std::string{2, 0, 0, 0} + entry(1, 6, 0, false) + entry(2, 4, 12345, true) + entry(4, 4, 0, false) +
         entry(16, mask, 0, false) + entry(32, 0, 0, false);
}

class DiskRewriteTest : public ::testing::Test {
 protected:
  RewriteReport rewrite(const std::string& relative, std::string after = "new\n") {
    const std::string before = folder_.read(relative);
    const std::vector<Rewrite> rewrites = {{folder_ / relative, before, std::move(after)}};
    return rewrite_files(files_, rewrites);
  }
  /// The same as another user. Only root can ask for that.
  RewriteReport rewrite_as_nobody(const std::string& relative) {
    const std::string before = folder_.read(relative);
    const std::vector<Rewrite> rewrites = {{folder_ / relative, before, "new\n"}};
    EXPECT_EQ(setegid(nobody), 0);
    EXPECT_EQ(seteuid(nobody), 0);
    RewriteReport report = rewrite_files(files_, rewrites);
    EXPECT_EQ(seteuid(0), 0);
    EXPECT_EQ(setegid(0), 0);
    return report;
  }

  TemporaryFolder folder_;
  DiskFileSystem files_;
};

TEST_F(DiskRewriteTest, KeepsTheMode) {
  for (const mode_t mode : {0644U, 0600U, 0755U, 0664U, 0666U, 04755U, 02755U, 01644U, 0200U}) {
    chmod(folder_.write("file", "old\n").c_str(), mode);
    EXPECT_FALSE(rewrite("file").error);
    EXPECT_EQ(status_of(folder_ / "file").st_mode & 07777, mode) << std::oct << mode;
    EXPECT_EQ(folder_.read("file"), "new\n");
    unlink((folder_ / "file").c_str());
  }
  EXPECT_THAT(folder_.files(), IsEmpty());
}

TEST_F(DiskRewriteTest, KeepsTheOwner) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const std::string path = folder_.write("file", "old\n");
  ASSERT_EQ(chown(path.c_str(), 1234, 4321), 0);
  ASSERT_EQ(chmod(path.c_str(), 06755), 0);
  EXPECT_FALSE(rewrite("file").error);
  EXPECT_EQ(status_of(path).st_uid, 1234U);
  EXPECT_EQ(status_of(path).st_gid, 4321U);
  EXPECT_EQ(status_of(path).st_mode & 07777, 06755U);
}

TEST_F(DiskRewriteTest, KeepsExtendedAttributes) {
  const std::string path = folder_.write("file", "old\n");
  if (!set_attribute(path, "user.note", "keep")) GTEST_SKIP() << "no extended attributes on this file system";
  set_attribute(path, "user.empty", "");
  EXPECT_FALSE(rewrite("file").error);
  EXPECT_EQ(attribute(path, "user.note"), "keep");
  EXPECT_EQ(lgetxattr(path.c_str(), "user.empty", nullptr, 0), 0);
}

TEST_F(DiskRewriteTest, KeepsAnAccessControlListAndTakesNoneFromTheFolder) {
  const std::string with = folder_.write("with", "old\n"), without = folder_.write("without", "old\n");
  if (!set_attribute(with, "system.posix_acl_access", access_list(4)))
    GTEST_SKIP() << "no access control lists on this file system";
  ASSERT_EQ(chmod(without.c_str(), 0640), 0);
  ASSERT_TRUE(set_attribute(folder_.path(), "system.posix_acl_default", access_list(6)));
  const mode_t mode = status_of(with).st_mode;
  EXPECT_FALSE(rewrite("with").error);
  EXPECT_FALSE(rewrite("without").error);
  EXPECT_EQ(attribute(with, "system.posix_acl_access"), access_list(4));
  EXPECT_EQ(status_of(with).st_mode, mode);
  EXPECT_EQ(attribute(without, "system.posix_acl_access"), "");
  EXPECT_EQ(status_of(without).st_mode & 07777, 0640U);
}

TEST_F(DiskRewriteTest, WritesTheTargetOfASymbolicLinkBesideThatTarget) {
  folder_.write("real/file", "old\n");
  folder_.link("../real/file", "links/one");
  folder_.link("one", "links/two");
  const RewriteReport report = rewrite("links/two");
  EXPECT_FALSE(report.error);
  EXPECT_EQ(folder_.read("real/file"), "new\n");
  EXPECT_TRUE(S_ISLNK(status_of(folder_ / "links/two").st_mode));
  EXPECT_THAT(folder_.files(), ElementsAre("links/one", "links/two", "real/file"));
}

TEST_F(DiskRewriteTest, PartsAHardLinkWithARemark) {
  folder_.write("one", "old\n");
  ASSERT_EQ(link((folder_ / "one").c_str(), (folder_ / "two").c_str()), 0);
  const RewriteReport report = rewrite("one");
  EXPECT_FALSE(report.error);
  ASSERT_EQ(report.remarks.size(), 1U);
  EXPECT_THAT(report.remarks[0].message, HasSubstr("hard links"));
  EXPECT_EQ(folder_.read("one"), "new\n");
  EXPECT_EQ(folder_.read("two"), "old\n");
}

TEST_F(DiskRewriteTest, RefusesAReadOnlyFileAlsoAsRoot) {
  ASSERT_EQ(chmod(folder_.write("file", "old\n").c_str(), 0444), 0);
  const RewriteReport report = rewrite("file");
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->message, "cannot write: the file is read-only; no file was changed");
  EXPECT_EQ(report.error->path, folder_ / "file");
  EXPECT_EQ(folder_.read("file"), "old\n");
  EXPECT_THAT(folder_.files(), ElementsAre("file"));
}

TEST_F(DiskRewriteTest, SomeoneWhoMayNotWriteIsTold) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  folder_.write("file", "old\n");
  // The folder would allow the replacement.
  ASSERT_EQ(chmod(folder_.path().c_str(), 0777), 0);
  RewriteReport report = rewrite_as_nobody("file");
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->message, "cannot write: permission denied; no file was changed");
  // The file allows it, but the folder does not.
  ASSERT_EQ(chmod(folder_.path().c_str(), 0755), 0);
  ASSERT_EQ(chown((folder_ / "file").c_str(), nobody, nobody), 0);
  report = rewrite_as_nobody("file");
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->message,
            "cannot write a temporary file beside it: permission denied; no file was changed");
  // Both do, but the owner could not be kept.
  ASSERT_EQ(chmod(folder_.path().c_str(), 0777), 0);
  ASSERT_EQ(chown((folder_ / "file").c_str(), 1234, nobody), 0);
  ASSERT_EQ(chmod((folder_ / "file").c_str(), 0664), 0);
  report = rewrite_as_nobody("file");
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->message,
            "cannot keep the file's owner and mode: operation not permitted; no file was changed");
  EXPECT_EQ(folder_.read("file"), "old\n");
  EXPECT_THAT(folder_.files(), ElementsAre("file"));
}

TEST_F(DiskRewriteTest, TheOwnerWithoutOtherRightsCanWrite) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  folder_.write("file", "old\n");
  ASSERT_EQ(chown((folder_ / "file").c_str(), nobody, nobody), 0);
  ASSERT_EQ(chown(folder_.path().c_str(), nobody, nobody), 0);
  EXPECT_FALSE(rewrite_as_nobody("file").error);
  EXPECT_EQ(folder_.read("file"), "new\n");
  EXPECT_EQ(status_of(folder_ / "file").st_uid, nobody);
}

/// Runs in a process of its own; gives its wait status.
int in_child(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST_F(DiskRewriteTest, ALimitOnFileSizesIsAnErrorNotADeath) {
  folder_.write("file", "old\n");
  const int status = in_child([&] {
    const rlimit limit = {10, 10};
    setrlimit(RLIMIT_FSIZE, &limit);
    const RewriteReport report = rewrite("file", std::string(1000, 'x'));
    const bool told =
        report.error &&
        report.error->message == "cannot write: the file would be larger than allowed; no file was changed";
    _exit(told ? 0 : 1);
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(folder_.read("file"), "old\n");
  EXPECT_THAT(folder_.files(), ElementsAre("file"));
}

TEST_F(DiskRewriteTest, AFullDiskIsAnErrorAndLeavesNothing) {
  const std::string disk = folder_.make_folder("disk");
  const int mounted = in_child([&] {
    execlp("mount", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.c_str(), nullptr);
    _exit(1);
  });
  if (mounted != 0) GTEST_SKIP() << "cannot mount a small disk here";
  folder_.write("disk/file", "old\n");
  const RewriteReport report = rewrite("disk/file", std::string(100'000, 'x'));
  EXPECT_EQ(folder_.read("disk/file"), "old\n");
  EXPECT_THAT(folder_.files(), ElementsAre("disk/file"));
  in_child([&] { execlp("umount", "umount", disk.c_str(), nullptr); });
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->message, "cannot write: no space left on the device; no file was changed");
}

/// A folder of files, each of which has an old and a new text.
class ManyFiles {
 public:
  explicit ManyFiles(int count) {
    for (int number = 0; number < count; ++number) {
      const std::string name = "d" + std::to_string(number % 7) + "/Dockerfile." + std::to_string(number);
      old_[folder_.write(name, old_text(number))] = old_text(number);
      new_[folder_ / name] = new_text(number);
    }
  }
  /// As a run of the program would do it: read, change, write.
  RewriteReport rewrite_all() const {
    DiskFileSystem files;
    std::vector<FileContent> contents;
    for (const auto& [path, text] : new_) {
      auto content = files.read(path, 1 << 20);
      contents.push_back(content ? std::move(*content) : FileContent{});
    }
    std::vector<Rewrite> rewrites;
    for (const auto& [path, text] : new_) rewrites.push_back({path, contents[rewrites.size()].bytes, text});
    return rewrite_files(files, rewrites);
  }
  void restore() {
    for (const auto& [path, text] : old_) folder_.write(path.substr(folder_.path().size() + 1), text);
  }
  /// How many hold the new text; a failure for any that holds neither.
  std::size_t count_new() const {
    std::size_t count = 0;
    for (const auto& [path, text] : new_) {
      const std::string now = folder_.read(path.substr(folder_.path().size() + 1));
      EXPECT_TRUE(now == text || now == old_.at(path)) << path << " holds " << now.size() << " bytes";
      count += now == text ? 1 : 0;
    }
    return count;
  }
  std::size_t count_temporaries() const { return folder_.files().size() - old_.size(); }

 private:
  static std::string old_text(int number) { return "FROM nginx:" + std::to_string(number) + "\n"; }
  static std::string new_text(int number) {
    return "FROM ghcr.io/org/nginx:" + std::to_string(number) + "\n" +
           std::string(static_cast<std::size_t>(number) * 50, '#') + "\n";
  }

  TemporaryFolder folder_{true};
  std::map<std::string, std::string> old_;
  std::map<std::string, std::string> new_;
};

/// Starts a rewrite of all files in another process and kills it after the time, if one is given. Gives how
/// long it lived.
std::chrono::microseconds rewrite_in_child(const ManyFiles& files,
                                           std::optional<std::chrono::microseconds> life) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    (void)files.rewrite_all();
    _exit(0);
  }
  if (life) {
    std::this_thread::sleep_for(*life);
    kill(child, SIGKILL);
  }
  waitpid(child, nullptr, 0);
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
}

TEST(KilledRewrite, LeavesEveryFileOldOrNewAndTheNextRunCleansUp) {
  constexpr std::size_t count = 300;
  ManyFiles files(count);
  const auto whole = rewrite_in_child(files, std::nullopt);
  std::mt19937 random(static_cast<unsigned>(getpid()));
  std::size_t untouched = 0, left = 0;
  for (int round = 0; round < 12; ++round) {
    files.restore();
    rewrite_in_child(files, whole * (random() % 1000) / 1000);
    untouched += files.count_new() == 0 ? 1 : 0;
    left = std::max(left, files.count_temporaries());
  }
  EXPECT_GT(untouched, 0U);
  EXPECT_GT(left, 0U) << "no run was killed while it had temporary files";
  files.restore();
  const RewriteReport last = files.rewrite_all();
  EXPECT_FALSE(last.error);
  EXPECT_EQ(files.count_new(), count);
  EXPECT_EQ(files.count_temporaries(), 0U);
}

TEST(TwoRewrites, OfOneFolderAtOnceLeaveWholeFilesAndNothingElse) {
  ManyFiles files(40);
  for (int round = 0; round < 8; ++round) {
    std::vector<pid_t> children;
    for (int process = 0; process < 3; ++process) {
      const pid_t child = fork();
      if (child == 0) {
        const RewriteReport report = files.rewrite_all();
        _exit(report.error ? 1 : 0);
      }
      children.push_back(child);
    }
    bool one_succeeded = false;
    for (const pid_t child : children) {
      int status = 0;
      waitpid(child, &status, 0);
      ASSERT_TRUE(WIFEXITED(status));
      one_succeeded = one_succeeded || WEXITSTATUS(status) == 0;
    }
    EXPECT_TRUE(one_succeeded || files.count_new() > 0);
    files.count_new();
    EXPECT_EQ(files.count_temporaries(), 0U);
    files.restore();
  }
}

}  // namespace
}  // namespace imglint::test
