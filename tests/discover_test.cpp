#include "project/discover.hpp"

#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kinds/index.hpp"
#include "source/disk_file_system.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DiscoverTest : public ::testing::Test {
 protected:
  Discovery find(std::vector<std::string> paths, const DiscoverOptions& options = {}) {
    for (std::string& path : paths) path = path.empty() ? folder_.path() : folder_ / path;
    return discover(files_, paths, options);
  }
  /// Relative to the test's folder.
  std::vector<std::string> paths(const Discovery& found) const {
    std::vector<std::string> result;
    for (const FoundFile& file : found.files) result.push_back(file.path.substr(folder_.path().size() + 1));
    return result;
  }
  void git(std::vector<std::string> words, std::string_view below = ".") {
    words.insert(words.begin(), "git");
    run_in(folder_ / below, words);
  }
  void write_all(const std::vector<std::string>& names) {
    for (const std::string& name : names) folder_.write(name, "FROM scratch\n");
  }

  TemporaryFolder folder_;
  DiskFileSystem files_;
};

TEST_F(DiscoverTest, WalksAFolderWithoutGitByNamesSorted) {
  write_all({"b/Dockerfile", "a/compose.yaml", "Dockerfile", "readme.md", ".hidden/Dockerfile",
             "node_modules/x/Dockerfile", "b/.git-not/Dockerfile", "B/Dockerfile"});
  folder_.write(".gitignore", "Dockerfile\n");
  const Discovery found = find({""});
  EXPECT_THAT(paths(found), ElementsAre(".hidden/Dockerfile", "B/Dockerfile", "Dockerfile", "a/compose.yaml",
                                        "b/.git-not/Dockerfile", "b/Dockerfile"));
  EXPECT_EQ(found.files[3].kind->name, "compose");
  EXPECT_FALSE(found.files[0].named);
  EXPECT_THAT(found.remarks, IsEmpty());
}

TEST_F(DiscoverTest, TakesANamedFileWhateverItsName) {
  write_all({"values.yaml", "notes.txt", "node_modules/x"});
  const Discovery found = find({"values.yaml", "notes.txt", "node_modules/x"});
  EXPECT_THAT(paths(found), ElementsAre("node_modules/x", "notes.txt", "values.yaml"));
  EXPECT_EQ(found.files[1].kind->name, "dockerfile");
  EXPECT_EQ(found.files[2].kind->name, "compose");
  EXPECT_TRUE(found.files[0].named);
}

TEST_F(DiscoverTest, WalksYamlThatIsAComposeFileBeyondDoubt) {
  struct TextCase {
    std::string text;
    bool walked;
  };
  const TextCase cases[] = {
      {"services:\n  a: {image: nginx}\n  b: {build: .}\n", true},
      {"\xEF\xBB\xBF"
       "services:\n  a: {image: nginx}\n",
       true},
      {"x-a: &a {image: nginx}\n'services' :\n  b: {<<: *a}\n", true},
      {"{\"services\": {\"a\": {\"image\": \"nginx\"}}}\n", true},
      {"services:\n  a: {image: nginx}\n---\nservices:\n  a: {image: redis}\n", true},
      {"services:\n  a: {image: nginx}\n  b: {command: x}\n", false},
      {"services:\n  a: {image: nginx}\n---\nkind: Pod\n", false},
      {"steps:\n  test: {image: go}\nservices:\n  db: {image: postgres}\n", false},
      {"x-own: 1\nname: a\nservices:\n  db: {image: postgres}\nvolumes: {}\n", true},
      {"services: {}\n", false},
      {"services: [{image: nginx}]\n", false},
      {"services:\n  - image: nginx\n", false},
      {"jobs:\n  a:\n    services:\n      b: {image: nginx}\n", false},
      {"services:\n  a: {image: nginx\n", false},
      {"a: &a [*a]\nservices: {b: {image: x}}\n", false},
      {"image: nginx\n", false},
      {"", false},
  };
  std::size_t number = 0;
  for (const TextCase& test : cases) {
    const std::string name = "x" + std::to_string(number++);
    folder_.write(name + "/setup.yaml", test.text);
    folder_.write(name + "/other.json", test.text);
    const Discovery found = find({name});
    if (test.walked)
      EXPECT_THAT(paths(found), ElementsAre(name + "/setup.yaml")) << test.text;
    else
      EXPECT_THAT(found.files, IsEmpty()) << test.text;
    EXPECT_EQ(found.remarks.empty(), test.walked) << test.text;
  }
}

TEST_F(DiscoverTest, TheConfigurationChoosesKindsAndLeavesOut) {
  write_all({"Dockerfile", "a/Dockerfile2", "a/app.yml", "vendor/Dockerfile"});
  const DiscoverOptions options = {
      .choose = [&](const std::string& folder, const FolderEntries*) -> ChooseInFolder {
        if (folder == folder_ / "a")
          return [](std::string_view name) {
            return FileChoice{.kind = find_kind(name == "app.yml" ? "compose" : "dockerfile")};
          };
        if (folder != folder_ / "vendor") return {};
        return [](std::string_view) { return FileChoice{.excluded = true}; };
      }};
  const Discovery found = find({""}, options);
  EXPECT_THAT(paths(found), ElementsAre("Dockerfile", "a/Dockerfile2", "a/app.yml"));
  EXPECT_EQ(found.files[1].kind->name, "dockerfile");
  EXPECT_EQ(found.files[2].kind->name, "compose");
  EXPECT_THAT(paths(find({"vendor/Dockerfile"}, options)), ElementsAre("vendor/Dockerfile"));
  DiscoverOptions forced = options;
  forced.force_exclude = true;
  EXPECT_THAT(find({"vendor/Dockerfile"}, forced).files, IsEmpty());
  EXPECT_EQ(find({"a/app.yml"}, options).files.front().kind->name, "compose");
}

TEST_F(DiscoverTest, SaysWhatIsNotThereAndGoesOn) {
  write_all({"Dockerfile"});
  const Discovery found = find({"nowhere", "Dockerfile", "Dockerfile/x"});
  EXPECT_THAT(paths(found), ElementsAre("Dockerfile"));
  ASSERT_EQ(found.errors.size(), 2U);
  EXPECT_EQ(found.errors[0].message, "cannot read: no such file or folder");
  EXPECT_EQ(found.errors[0].path, folder_ / "nowhere");
  EXPECT_EQ(found.errors[1].message, "cannot read: a part of the path is not a folder");
}

TEST_F(DiscoverTest, AFolderWithoutSuchFilesIsARemark) {
  write_all({"a/readme.md"});
  const Discovery found = find({"a"});
  EXPECT_THAT(found.files, IsEmpty());
  EXPECT_THAT(found.errors, IsEmpty());
  ASSERT_EQ(found.remarks.size(), 1U);
  EXPECT_EQ(found.remarks[0].message, "no file of a known kind found");
}

TEST_F(DiscoverTest, GivesAFileOnceHoweverOftenItIsNamed) {
  write_all({"a/Dockerfile"});
  folder_.link("a", "link");
  const Discovery found =
      find({"", "a", "a/Dockerfile", "a/./Dockerfile", "a//Dockerfile", "link", "link/Dockerfile"});
  EXPECT_THAT(paths(found), ElementsAre("a/Dockerfile"));
  EXPECT_TRUE(found.files[0].named);
}

TEST_F(DiscoverTest, DoesNotFollowSymbolicLinksWhileWalking) {
  TemporaryFolder elsewhere;
  elsewhere.write("Dockerfile", "FROM scratch\n");
  write_all({"a/Dockerfile"});
  folder_.link(elsewhere.path(), "out");
  folder_.link(elsewhere / "Dockerfile", "Dockerfile");
  folder_.link(".", "loop");
  folder_.link("compose.yaml", "compose.yaml");
  folder_.link("gone", "Dockerfile.gone");
  EXPECT_THAT(paths(find({""})), ElementsAre("a/Dockerfile"));
  EXPECT_THAT(paths(find({"out"})), ElementsAre("out/Dockerfile"));
  EXPECT_THAT(paths(find({"Dockerfile"})), ElementsAre("Dockerfile"));
  const Discovery broken = find({"Dockerfile.gone", "compose.yaml"});
  ASSERT_EQ(broken.errors.size(), 2U);
  EXPECT_EQ(broken.errors[1].message, "cannot read: its symbolic links go round in a circle");
}

TEST_F(DiscoverTest, LeavesOutWhatIsNoRegularFile) {
  folder_.make_folder("Dockerfile");
  ASSERT_EQ(mkfifo((folder_ / "compose.yaml").c_str(), 0600), 0);
  EXPECT_THAT(find({""}).files, IsEmpty());
  const Discovery named = find({"compose.yaml"});
  EXPECT_THAT(named.files, IsEmpty());
  ASSERT_EQ(named.errors.size(), 1U);
  EXPECT_THAT(named.errors[0].message, HasSubstr("no regular file"));
}

TEST_F(DiscoverTest, AgreesWithGitOnWhatIsIgnored) {
  git({"init", "-q"});
  write_all({"Dockerfile", "a/Dockerfile", "a/b/Dockerfile", "a/b/keep/Dockerfile", "c/compose.yml",
             "c/x/compose.yml", "d/tracked/Dockerfile", "d/Dockerfile", "e/Dockerfile.1", "e/Dockerfile.2",
             "e/Dockerfile.[x]", "f/Dockerfile", "g/deep/er/Dockerfile", "info/Dockerfile"});
  folder_.write(".gitignore", "/c/compose.yml\nd/\ne/Dockerfile.?\n!e/Dockerfile.2\nf/**\ng/**/er/\n");
  folder_.write("a/.gitignore", "b/*\n!b/keep\n");
  folder_.write(".git/info/exclude", "/info\n");
  git({"add", "-f", "d/tracked/Dockerfile"});
  const Discovery found = find({""});
  EXPECT_THAT(paths(found),
              ElementsAre("Dockerfile", "a/Dockerfile", "a/b/keep/Dockerfile", "c/x/compose.yml",
                          "d/tracked/Dockerfile", "e/Dockerfile.2", "e/Dockerfile.[x]"));
  EXPECT_THAT(found.remarks, IsEmpty());
  EXPECT_THAT(paths(find({"a", "d"})),
              ElementsAre("a/Dockerfile", "a/b/keep/Dockerfile", "d/tracked/Dockerfile"));
}

TEST_F(DiscoverTest, LeavesOutDeletedFilesAndTakesUntrackedOnes) {
  git({"init", "-q"});
  write_all({"Dockerfile", "gone/Dockerfile"});
  git({"add", "."});
  std::filesystem::remove(folder_ / "gone/Dockerfile");
  write_all({"new/Dockerfile"});
  EXPECT_THAT(paths(find({""})), ElementsAre("Dockerfile", "new/Dockerfile"));
}

TEST_F(DiscoverTest, ObeysImglintignoreAtEveryLevelAlsoForTrackedFiles) {
  for (const bool in_work_tree : {true, false}) {
    SCOPED_TRACE(in_work_tree);
    TemporaryFolder tree;
    for (const char* name : {"Dockerfile", "a/Dockerfile", "a/Dockerfile.skip", "b/Dockerfile",
                             "b/c/Dockerfile", "b/c/Dockerfile.skip", "keep/Dockerfile.skip"})
      tree.write(name, "FROM scratch\n");
    tree.write(".imglintignore", "# not ours\n*.skip\n!/keep/*\n");
    tree.write("b/.imglintignore", "/Dockerfile\n");
    if (in_work_tree) {
      run_in(tree.path(), {"git", "init", "-q"});
      run_in(tree.path(), {"git", "add", "."});
    }
    std::vector<std::string> names;
    for (const FoundFile& file : discover(files_, std::vector{tree.path()}).files)
      names.push_back(file.path.substr(tree.path().size() + 1));
    EXPECT_THAT(names, ElementsAre("Dockerfile", "a/Dockerfile", "b/c/Dockerfile", "keep/Dockerfile.skip"));
  }
}

TEST_F(DiscoverTest, ImglintignoreAboveTheFolderCountsInAWorkTree) {
  git({"init", "-q"});
  write_all({"a/Dockerfile", "a/b/Dockerfile.skip"});
  folder_.write(".imglintignore", "*.skip\n");
  EXPECT_THAT(paths(find({"a"})), ElementsAre("a/Dockerfile"));
}

TEST_F(DiscoverTest, WithoutIgnoringTakesAllButGitAndNodeModules) {
  git({"init", "-q"});
  write_all({"Dockerfile", "out/Dockerfile", "a.dockerfile", "node_modules/Dockerfile", ".git/Dockerfile"});
  folder_.write(".gitignore", "out\n");
  folder_.write(".imglintignore", "a.dockerfile\n");
  EXPECT_THAT(paths(find({""}, {.no_ignore = true})),
              ElementsAre("Dockerfile", "a.dockerfile", "out/Dockerfile"));
}

TEST_F(DiscoverTest, IgnoresHoldForNamedFilesOnlyIfAsked) {
  git({"init", "-q"});
  write_all({"Dockerfile", "out/Dockerfile", "a.dockerfile", "node_modules/Dockerfile", "notes.txt"});
  folder_.write(".gitignore", "out\n");
  folder_.write(".imglintignore", "a.dockerfile\n");
  const std::vector<std::string> all = {"Dockerfile", "out/Dockerfile", "a.dockerfile",
                                        "node_modules/Dockerfile", "notes.txt"};
  EXPECT_EQ(find(all).files.size(), 5U);
  EXPECT_THAT(paths(find(all, {.force_exclude = true})), ElementsAre("Dockerfile", "notes.txt"));
}

TEST_F(DiscoverTest, EntersARepositoryOfItsOwnOnlyIfNamed) {
  git({"init", "-q"});
  write_all({"Dockerfile", "inner/Dockerfile", "inner/out/Dockerfile"});
  git({"init", "-q"}, "inner");
  folder_.write("inner/.gitignore", "out\n");
  git({"add", "."}, "inner");
  git({"commit", "-q", "-m", "x"}, "inner");
  const Discovery found = find({""});
  EXPECT_THAT(paths(found), ElementsAre("Dockerfile"));
  ASSERT_EQ(found.remarks.size(), 1U);
  EXPECT_THAT(found.remarks[0].message, HasSubstr("repository of its own"));
  EXPECT_THAT(paths(find({"", "inner"})), ElementsAre("Dockerfile", "inner/Dockerfile"));
}

TEST_F(DiscoverTest, LeavesSubmodulesOutWithARemark) {
  TemporaryFolder origin;
  origin.write("Dockerfile", "FROM scratch\n");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"git", "init", "-q"}, {"git", "add", "."}, {"git", "commit", "-q", "-m", "x"}})
    run_in(origin.path(), words);
  git({"init", "-q"});
  write_all({"Dockerfile"});
  git({"-c", "protocol.file.allow=always", "submodule", "add", "-q", origin.path(), "lib"});
  const Discovery found = find({""});
  EXPECT_THAT(paths(found), ElementsAre("Dockerfile"));
  ASSERT_EQ(found.remarks.size(), 1U);
  EXPECT_EQ(found.remarks[0].message, "left out: it is a git submodule");
  EXPECT_EQ(found.remarks[0].path, folder_ / "lib");
  EXPECT_THAT(paths(find({"lib"})), ElementsAre("lib/Dockerfile"));
}

TEST_F(DiscoverTest, WalksEachRepositoryBelowAPlainFolderByItsOwnRules) {
  write_all({"Dockerfile", "one/Dockerfile", "one/out/Dockerfile", "two/Dockerfile", "two/out/Dockerfile"});
  git({"init", "-q"}, "one");
  git({"init", "-q"}, "two");
  folder_.write("one/.gitignore", "out\n");
  folder_.write(".imglintignore", "/two\n");
  EXPECT_THAT(paths(find({""})), ElementsAre("Dockerfile", "one/Dockerfile"));
}

TEST_F(DiscoverTest, WithoutGitAWorkTreeIsWalkedWithARemark) {
  git({"init", "-q"});
  write_all({"Dockerfile", "out/Dockerfile"});
  folder_.write(".gitignore", "out\n");
  const Discovery found = find({""}, {.git = folder_ / "no-git-here"});
  EXPECT_THAT(paths(found), ElementsAre("Dockerfile", "out/Dockerfile"));
  ASSERT_EQ(found.remarks.size(), 1U);
  EXPECT_EQ(found.remarks[0].message, ".gitignore is not obeyed: git was not found");
}

TEST_F(DiscoverTest, AGitThatRefusesIsARemarkAndNamedFilesStay) {
  write_all({"Dockerfile"});
  folder_.write(".git", "this is no link to a repository\n");
  const Discovery found = find({""});
  EXPECT_THAT(paths(found), ElementsAre("Dockerfile"));
  ASSERT_EQ(found.remarks.size(), 1U);
  EXPECT_THAT(found.remarks[0].message,
              HasSubstr(".gitignore is not obeyed: git failed: invalid gitfile format"));
  EXPECT_EQ(find({"Dockerfile"}, {.force_exclude = true}).files.size(), 1U);
}

/// git itself would refuse, for fear of the configuration; that is not read.
TEST_F(DiscoverTest, ARepositoryOfSomeoneElseIsWalkedByItsIgnoreFiles) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give a repository away";
  git({"init", "-q"});
  write_all({"Dockerfile", "out/Dockerfile"});
  folder_.write(".gitignore", "out\n");
  ASSERT_EQ(chown(folder_.path().c_str(), 12345, 12345), 0);
  ASSERT_EQ(chown((folder_ / ".git").c_str(), 12345, 12345), 0);
  const Discovery found = find({""});
  EXPECT_THAT(paths(found), ElementsAre("Dockerfile"));
  EXPECT_THAT(found.remarks, IsEmpty());
}

TEST_F(DiscoverTest, TheEnvironmentOfAGitHookDoesNotMislead) {
  git({"init", "-q"});
  write_all({"Dockerfile", "out/Dockerfile"});
  folder_.write(".gitignore", "out\n");
  ASSERT_EQ(setenv("GIT_DIR", "/somewhere/else/.git", 1), 0);
  ASSERT_EQ(setenv("GIT_INDEX_FILE", "/somewhere/else/.git/index", 1), 0);
  const Discovery found = find({""});
  unsetenv("GIT_DIR");
  unsetenv("GIT_INDEX_FILE");
  EXPECT_THAT(paths(found), ElementsAre("Dockerfile"));
  EXPECT_THAT(found.remarks, IsEmpty());
}

TEST_F(DiscoverTest, TheConfigurationOfARepositoryRunsNothing) {
  git({"init", "-q"});
  write_all({"Dockerfile"});
  const std::string hook = folder_.write("hook", "#!/bin/sh\ntouch \"" + folder_ / "ran" + "\"\n");
  ASSERT_EQ(chmod(hook.c_str(), 0755), 0);
  git({"config", "core.fsmonitor", hook});
  EXPECT_THAT(paths(find({""})), ElementsAre("Dockerfile"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "ran"));
}

TEST_F(DiscoverTest, OddNamesAreFoundAsTheyAre) {
  const std::vector<std::string> odd = {"Dockerfile.\x1b[31m", "Dockerfile.a\nb",      "Dockerfile.b c",
                                        "Dockerfile.c\"d\\",   "Dockerfile.d\xFF\xFE", "Dockerfile.\xC3\xA9",
                                        "-x.dockerfile"};
  for (const bool in_work_tree : {false, true}) {
    SCOPED_TRACE(in_work_tree);
    if (in_work_tree) git({"init", "-q"});
    write_all(odd);
    std::vector<std::string> expected = odd;
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(paths(find({""})), expected);
  }
}

TEST_F(DiscoverTest, ReachesADepthOfAThousand) {
  std::string deep;
  for (int level = 0; level < 1000; ++level) deep += "d/";
  write_all({deep + "Dockerfile"});
  EXPECT_THAT(paths(find({""})), ElementsAre(deep + "Dockerfile"));
  git({"init", "-q"});
  EXPECT_THAT(paths(find({""})), ElementsAre(deep + "Dockerfile"));
}

TEST_F(DiscoverTest, ShowsPathsAsTheFolderWasGiven) {
  write_all({"a/Dockerfile"});
  const std::string before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  const auto shown = [&](const std::string& path) {
    return discover(files_, std::vector{path}).files.at(0).path;
  };
  EXPECT_EQ(shown("."), "a/Dockerfile");
  EXPECT_EQ(shown("./"), "./a/Dockerfile");
  EXPECT_EQ(shown("a"), "a/Dockerfile");
  EXPECT_EQ(shown("a/"), "a/Dockerfile");
  EXPECT_EQ(shown("./a"), "./a/Dockerfile");
  EXPECT_EQ(shown("./a/Dockerfile"), "./a/Dockerfile");
  std::filesystem::current_path("a");
  EXPECT_EQ(shown("../a"), "../a/Dockerfile");
  std::filesystem::current_path(before);
}

}  // namespace
}  // namespace imglint::test
