#include "source/read_file.hpp"

#include <chrono>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/disk_file_system.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::string_literals;

class ReadFileTest : public ::testing::Test {
 protected:
  /// The message of the error, or the bytes.
  std::string outcome(const std::string& path, std::uint64_t max_bytes = default_max_file_size) {
    const auto content = read_file(files_, path, max_bytes);
    if (content) return content->bytes;
    EXPECT_EQ(content.error().path, path);
    return content.error().message;
  }

  TemporaryFolder folder_;
  DiskFileSystem files_;
};

TEST_F(ReadFileTest, GivesTheBytesAsTheyAre) {
  for (const std::string& bytes : {""s, "FROM nginx\n"s, "\xEF\xBB\xBF"s + "a\r\nb", "\xFF\xFE\x61\x00"s,
                                   std::string(100'000, 'x'), "\xC3\xFF"s})
    EXPECT_EQ(outcome(folder_.write("file", bytes)), bytes);
}

TEST_F(ReadFileTest, StatusTellsWhatWasRead) {
  const std::string path = folder_.write("file", "12345");
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  const auto content = read_file(files_, path);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->status.size, 5U);
  EXPECT_EQ(content->status.permissions, 0640U);
  EXPECT_EQ(content->status.links, 1U);
  EXPECT_TRUE(same_version(content->status, *files_.status(path)));
  folder_.write("file", "54321");
  const timespec times[] = {{0, UTIME_OMIT}, {12345, 6789}};
  ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  EXPECT_FALSE(same_version(content->status, *files_.status(path)));
  EXPECT_EQ(files_.status(path)->modified, 12345'000'006'789);
}

TEST_F(ReadFileTest, RefusesABinaryFile) {
  const std::string late = std::string(8192, 'x') + "\0"s;
  EXPECT_EQ(outcome(folder_.write("file", "abc\0def"s)), "looks like a binary file (it holds a NUL byte)");
  EXPECT_EQ(outcome(folder_.write("file", late.substr(1))), "looks like a binary file (it holds a NUL byte)");
  EXPECT_EQ(outcome(folder_.write("file", late)), late);
  EXPECT_FALSE(check_is_text("a\0b"s, "-"));
  EXPECT_TRUE(check_is_text("", "-"));
}

TEST_F(ReadFileTest, RefusesAFileOverTheLimit) {
  const std::string path = folder_.write("file", "123456");
  EXPECT_EQ(outcome(path, 6), "123456");
  EXPECT_EQ(outcome(path, 5), "the file has 6 bytes, more than the limit of 5 bytes");
  EXPECT_EQ(read_file(files_, path, 5).error().hint, "raise the limit with --max-file-size");
}

TEST_F(ReadFileTest, AHugeSparseFileCostsNothing) {
  const std::string path = folder_.write("Dockerfile", "FROM nginx\n");
  if (truncate(path.c_str(), 100LL << 30) != 0) GTEST_SKIP() << "no sparse file of 100 GiB can be made here";
  EXPECT_EQ(outcome(path), "the file has 100 GiB, more than the limit of 4 MiB");
  EXPECT_EQ(outcome(path, ~std::uint64_t{0}), "the file has 100 GiB, more than the limit of 3.9 GiB");
}

TEST_F(ReadFileTest, SaysWhyAFileCannotBeRead) {
  folder_.write("file", "");
  folder_.make_folder("folder");
  folder_.link("loop", "loop");
  folder_.link("nowhere", "broken");
  EXPECT_EQ(outcome(folder_ / "nowhere"), "cannot read: no such file or folder");
  EXPECT_EQ(outcome(folder_ / "broken"), "cannot read: no such file or folder");
  EXPECT_EQ(outcome(folder_ / "folder"), "cannot read: it is a folder");
  EXPECT_EQ(outcome(folder_ / "loop"), "cannot read: its symbolic links go round in a circle");
  EXPECT_EQ(outcome(folder_ / "file/x"), "cannot read: a part of the path is not a folder");
  EXPECT_EQ(outcome(folder_ / std::string(300, 'x')), "cannot read: the path is too long for this system");
}

TEST_F(ReadFileTest, NeverWaitsForAPipeSocketOrDevice) {
  const std::string fifo = folder_ / "fifo", socket_path = folder_ / "socket";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = {}};
  ASSERT_LT(socket_path.size(), sizeof address.sun_path);
  socket_path.copy(address.sun_path, socket_path.size());
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& path : {fifo, socket_path, "/dev/null"s, "/dev/zero"s, "/dev/tty"s})
    EXPECT_THAT(outcome(path), HasSubstr("cannot read: it is no regular file")) << path;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  close(listener);
}

TEST_F(ReadFileTest, ReadsFilesThatClaimToBeEmpty) {
  if (access("/proc/self/status", R_OK) != 0) GTEST_SKIP() << "no /proc here";
  EXPECT_THAT(outcome("/proc/self/status"), HasSubstr("Name:"));
  EXPECT_THAT(outcome("/proc/self/status", 10), HasSubstr("more than the limit of 10 bytes"));
}

TEST_F(ReadFileTest, PermissionDeniedIsSaid) {
  const std::string path = folder_.write("secret", "x");
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  const bool root = geteuid() == 0;
  ASSERT_EQ(chmod(folder_.path().c_str(), 0755), 0);
  if (root && seteuid(65534) != 0) GTEST_SKIP() << "cannot become somebody else here";
  const std::string message = outcome(path);
  if (root && seteuid(0) != 0) FAIL() << "cannot become root again";
  EXPECT_EQ(message, "cannot read: permission denied");
}

TEST(ReadFile, IsOneCall) {
  MemoryFileSystem files;
  files.put("/Dockerfile", "FROM nginx\n");
  ASSERT_TRUE(read_file(files, "/Dockerfile"));
  EXPECT_THAT(files.log(), ElementsAre("read /Dockerfile"));
}

TEST(ReadableSize, IsShort) {
  EXPECT_EQ(readable_size(0), "0 bytes");
  EXPECT_EQ(readable_size(1), "1 byte");
  EXPECT_EQ(readable_size(1023), "1023 bytes");
  EXPECT_EQ(readable_size(1024), "1 KiB");
  EXPECT_EQ(readable_size(1536), "1.5 KiB");
  EXPECT_EQ(readable_size(4u << 20), "4 MiB");
  EXPECT_EQ(readable_size((std::uint64_t{2} << 30) - 1), "1.9 GiB");
  EXPECT_EQ(readable_size(~std::uint64_t{0}), "15.9 EiB");
}

}  // namespace
}  // namespace imglint::test
