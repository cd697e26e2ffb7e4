// --since and --staged: only the files that git says have changed.
#include <cstdlib>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/discover.hpp"
#include "source/disk_file_system.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ChangedFiles : public ::testing::Test {
 protected:
  ChangedFiles() {
    for (const char* name : {"Dockerfile", "a/Dockerfile", "b/compose.yaml", "gone/Dockerfile"})
      folder_.write(name, "FROM scratch\n");
    folder_.write(".gitignore", "ignored/\n");
    git({"init", "-q"});
    git({"add", "."});
    commit();
  }
  ~ChangedFiles() override { unsetenv("GIT_INDEX_FILE"); }
  void git(std::vector<std::string> words) {
    words.insert(words.begin(), "git");
    run_in(folder_.path(), words);
  }
  void commit() { git({"-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "x"}); }
  Discovery find(const ChangesWanted& changes, const std::string& path = "") {
    const std::vector<std::string> paths{path.empty() ? folder_.path() : folder_ / path};
    return discover(files_, paths, {.changes = changes});
  }
  std::vector<std::string> names(const Discovery& found) const {
    std::vector<std::string> result;
    for (const FoundFile& file : found.files) result.push_back(file.path.substr(folder_.path().size() + 1));
    return result;
  }

  TemporaryFolder folder_;
  DiskFileSystem files_;
};

TEST_F(ChangedFiles, SinceACommitAreThoseThatDifferNowAndNewOnes) {
  folder_.write("a/Dockerfile", "FROM a\n");
  folder_.write("new/Dockerfile", "FROM b\n");
  folder_.write("new/line\nbreak.dockerfile", "FROM b\n");
  folder_.write("ignored/Dockerfile", "FROM c\n");
  git({"rm", "-q", "gone/Dockerfile"});
  folder_.write("b/compose.yaml", "services: {}\n");
  git({"add", "b"});
  EXPECT_THAT(names(find({.since = "HEAD"})),
              ElementsAre("a/Dockerfile", "b/compose.yaml", "new/Dockerfile", "new/line\nbreak.dockerfile"));
  EXPECT_THAT(names(find({.since = "HEAD"}, "b")), ElementsAre("b/compose.yaml"));
  EXPECT_THAT(names(find({.since = "HEAD"}, "a/Dockerfile")), ElementsAre("a/Dockerfile"));
  EXPECT_THAT(names(find({.since = "HEAD"}, "Dockerfile")), IsEmpty());
  commit();
  EXPECT_THAT(names(find({.since = "HEAD~1"})),
              ElementsAre("a/Dockerfile", "b/compose.yaml", "new/Dockerfile", "new/line\nbreak.dockerfile"));
}

TEST_F(ChangedFiles, StagedAreThoseOfTheIndex) {
  folder_.write("a/Dockerfile", "FROM a\n");
  folder_.write("Dockerfile", "FROM a\n");
  EXPECT_THAT(names(find({.staged = true})), IsEmpty());
  git({"add", "a"});
  EXPECT_THAT(names(find({.staged = true})), ElementsAre("a/Dockerfile"));
  git({"mv", "b/compose.yaml", "b/docker-compose.yaml"});
  EXPECT_THAT(names(find({.staged = true})), ElementsAre("a/Dockerfile", "b/docker-compose.yaml"));
}

TEST_F(ChangedFiles, WhatIsOnlyMeantToBeAddedIsNotStaged) {
  folder_.write("new/Dockerfile", "FROM a\n");
  git({"add", "-N", "new"});
  EXPECT_THAT(names(find({.staged = true})), IsEmpty());
  EXPECT_THAT(names(find({.since = "HEAD"})), ElementsAre("new/Dockerfile"));
  git({"add", "new"});
  EXPECT_THAT(names(find({.staged = true})), ElementsAre("new/Dockerfile"));
}

TEST_F(ChangedFiles, TheIndexThatGitGivesAHookCounts) {
  folder_.write("a/Dockerfile", "FROM a\n");
  folder_.write("Dockerfile", "FROM a\n");
  git({"add", "."});
  run_in(folder_.path(), {"env", "GIT_INDEX_FILE=.git/other", "git", "read-tree", "HEAD"});
  run_in(folder_.path(), {"env", "GIT_INDEX_FILE=.git/other", "git", "add", "Dockerfile"});
  setenv("GIT_INDEX_FILE", (folder_ / ".git/other").c_str(), 1);
  EXPECT_THAT(names(find({.staged = true})), ElementsAre("Dockerfile"));
  setenv("GIT_INDEX_FILE", "/nonexistent/index", 1);  // of another repository
  EXPECT_THAT(names(find({.staged = true})), ElementsAre("Dockerfile", "a/Dockerfile"));
}

TEST_F(ChangedFiles, WhatGitCannotSayIsAnError) {
  for (const char* commit : {"nothing", "--output=x", "HEAD~9", "HEAD:a", "@{"}) {
    const Discovery found = find({.since = commit});
    EXPECT_THAT(found.files, IsEmpty());
    ASSERT_EQ(found.errors.size(), 1U) << commit;
    EXPECT_THAT(found.errors[0].message, HasSubstr(commit));
  }
  TemporaryFolder outside;
  outside.write("x/Dockerfile", "FROM a\n");
  outside.write("x/Dockerfile.b", "FROM a\n");
  const std::vector<std::string> paths{outside.path()};
  const Discovery found = discover(files_, paths, {.changes = {.staged = true}});
  ASSERT_EQ(found.errors.size(), 1U);
  EXPECT_THAT(found.errors[0].message, HasSubstr("not in a git work tree"));
}

}  // namespace
}  // namespace imglint::test
