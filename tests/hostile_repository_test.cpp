// Repositories that want to run a program, write elsewhere, show a file of someone else, or never answer.
#include <chrono>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HostileRepository : public ::testing::Test {
 protected:
  /// In the folder of the test.
  ProcessOutput imglint(std::vector<std::string> words) {
    words.insert(words.begin(), {"env", "-C", folder_.path(), "timeout", "50", program_path().string()});
    const auto result = run({.words = words});
    EXPECT_TRUE(result);
    return result ? *result : ProcessOutput{};
  }
  void git(std::vector<std::string> words) {
    words.insert(words.begin(), "git");
    run_in(folder_.path(), words);
  }
  /// The names, times and bytes of everything below `.git`.
  std::string git_folder() {
    return run_in(folder_.path(),
                  {"sh", "-c", "find .git -type f -printf '%p %T@ %s ' -exec cksum {} + | sort"});
  }
  /// A program that leaves a trace.
  std::string trap() {
    const std::string path = folder_.write("trap.sh", "#!/bin/sh\ntouch '" + (outside_ / "ran") + "'\ncat\n");
    EXPECT_EQ(chmod(path.c_str(), 0755), 0);
    return path;
  }
  void make_pipe(const std::string& name) { ASSERT_EQ(mkfifo((folder_ / name).c_str(), 0600), 0) << name; }

  TemporaryFolder folder_;
  TemporaryFolder outside_;
};

TEST_F(HostileRepository, NothingOfItsConfigurationRunsAndNothingInGitChanges) {
  folder_.write("Dockerfile", "FROM nginx\n");
  folder_.write("a/Dockerfile", "FROM redis\n");
  folder_.write(".gitattributes", "* filter=e diff=e merge=e\n");
  git({"init", "-q"});
  git({"add", "."});
  git({"commit", "-q", "-m", "x"});
  const std::string program = trap();
  folder_.write("hooks/post-index-change", "#!/bin/sh\ntouch '" + (outside_ / "ran") + "'\n");
  chmod((folder_ / "hooks/post-index-change").c_str(), 0755);
  for (const char* key : {"filter.e.clean", "filter.e.smudge", "filter.e.process", "core.fsmonitor",
                          "core.pager", "diff.external", "diff.e.command", "diff.e.textconv",
                          "core.sshCommand", "credential.helper", "core.alternateRefsCommand", "core.editor"})
    git({"config", key, program});
  git({"config", "core.hooksPath", folder_ / "hooks"});
  git({"config", "include.path", outside_ / "config"});
  folder_.write("a/Dockerfile", "FROM other\n");
  // As after a clone into an image: every time differs from the index, the bytes do not.
  run_in(folder_.path(), {"touch", "-d", "2001-01-01", "Dockerfile"});
  const std::string before = git_folder();
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"list"},
                                             {"check", "--since", "HEAD"},
                                             {"check", "--staged"},
                                             {"list", "--force-exclude", "Dockerfile"}}) {
    const ProcessOutput result = imglint(words);
    EXPECT_NE(result.status, 2) << words[0] << result.errors;
  }
  const ProcessOutput since = imglint({"list", "--since", "HEAD"});
  EXPECT_THAT(since.output, HasSubstr("other"));
  EXPECT_THAT(since.output, Not(HasSubstr("nginx"))) << "the bytes are the same";
  EXPECT_EQ(access((outside_ / "ran").c_str(), F_OK), -1) << "a program of the repository ran";
  EXPECT_EQ(git_folder(), before);
}

TEST_F(HostileRepository, AGitFileThatLeadsElsewhereIsNotFollowed) {
  run_in(outside_.path(), {"git", "init", "-q"});
  outside_.write("secret/Dockerfile", "FROM secret\n");
  run_in(outside_.path(), {"git", "add", "."});
  folder_.write("Dockerfile", "FROM nginx\n");
  folder_.write(".git", "gitdir: " + (outside_ / ".git") + "\n");
  const ProcessOutput result = imglint({"list"});
  EXPECT_THAT(result.output, HasSubstr("nginx"));
  EXPECT_THAT(result.errors, HasSubstr("leads to a repository that does not know of this folder"));
}

TEST_F(HostileRepository, ALinkedWorkTreeIsReadByItsOwnRules) {
  folder_.write("main/Dockerfile", "FROM nginx\n");
  folder_.write("main/.gitignore", "out\n");
  run_in(folder_ / "main", {"git", "init", "-q"});
  run_in(folder_ / "main", {"git", "add", "."});
  run_in(folder_ / "main", {"git", "commit", "-q", "-m", "x"});
  run_in(folder_ / "main", {"git", "worktree", "add", "-q", "-b", "b", folder_ / "linked"});
  folder_.write("linked/out/Dockerfile", "FROM ignored\n");
  folder_.write("linked/Dockerfile", "FROM redis\n");
  const ProcessOutput result = imglint({"list", "--since", "HEAD", "linked"});
  EXPECT_THAT(result.output, HasSubstr("redis")) << result.errors;
  EXPECT_THAT(result.output, Not(HasSubstr("ignored")));
  EXPECT_THAT(result.errors, Not(HasSubstr("not obeyed")));
}

TEST_F(HostileRepository, IgnoreFilesThatArePipesMakeNobodyWait) {
  for (const char* name :
       {".gitignore", ".imglintignore", "sub/.gitignore", "sub/.imglintignore", ".git/info/exclude",
        ".git/index", ".git/HEAD", ".git/packed-refs", ".git/config"}) {
    for (const char* command : {"list", "check"}) {
      SCOPED_TRACE(std::string(command) + " " + name);
      run_in(folder_.path(),
             {"sh", "-c", "rm -rf .git sub .gitignore .imglintignore && git init -q && mkdir sub"});
      folder_.write("Dockerfile", "FROM nginx\n");
      folder_.write("sub/Dockerfile", "FROM nginx\n");
      if (std::string_view(name) != ".imglintignore") folder_.write(".imglintignore", "nothing\n");
      unlink((folder_ / name).c_str());
      make_pipe(name);
      const auto begin = std::chrono::steady_clock::now();
      const ProcessOutput result = imglint({command});
      EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
      EXPECT_THAT(result.output, HasSubstr("sub/Dockerfile:1"));
      EXPECT_THAT(result.errors, HasSubstr("is not obeyed"));
      EXPECT_THAT(result.errors, HasSubstr("no regular file"));
    }
  }
}

TEST_F(HostileRepository, AnIgnorePatternThatGitTriesForEverIsGivenUp) {
  git({"init", "-q"});
  std::string deep, pattern;
  for (int i = 0; i < 12; ++i) deep += std::string(60, 'a') + "/";
  for (int i = 0; i < 5; ++i) pattern += "**/a*a*a*/";
  folder_.write(deep + "Dockerfile", "FROM nginx\n");
  folder_.write(".gitignore", pattern + "**/b\n");
  const auto begin = std::chrono::steady_clock::now();
  const ProcessOutput result = imglint({"list"});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_THAT(result.output, HasSubstr("nginx"));
  EXPECT_THAT(result.errors, HasSubstr("too many stars"));
}

TEST_F(HostileRepository, ATrackedFolderThatBecameALinkIsNotWrittenThrough) {
  folder_.write("a/b/Dockerfile", "FROM nginx\n");
  folder_.write("Dockerfile", "FROM nginx\n");
  git({"init", "-q"});
  git({"add", "."});
  outside_.write("b/Dockerfile", "FROM secret\n");
  run_in(folder_.path(), {"rm", "-r", "a"});
  folder_.link(outside_.path(), "a");
  EXPECT_THAT(imglint({"list"}).output, Not(HasSubstr("secret")));
  const ProcessOutput moved = imglint({"retarget", "--to", "ghcr.io/org"});
  EXPECT_EQ(moved.status, 0) << moved.errors;
  EXPECT_EQ(folder_.read("Dockerfile"), "FROM ghcr.io/org/nginx\n");
  EXPECT_EQ(outside_.read("b/Dockerfile"), "FROM secret\n");
  // What the command line names may be a link.
  EXPECT_EQ(imglint({"retarget", "--to", "ghcr.io/org", "a/b/Dockerfile"}).status, 0);
  EXPECT_EQ(outside_.read("b/Dockerfile"), "FROM ghcr.io/org/secret\n");
}

TEST_F(HostileRepository, FilesThatNobodyNamedAreNotReadThroughLinksThatLeaveTheTree) {
  folder_.write("app/compose.yaml", "services:\n  a:\n    image: ${SECRET}/x:1\n");
  folder_.write("app/Dockerfile", "FROM nginx\n");
  outside_.write("env", "SECRET=canary\n");
  outside_.write("config.yaml", "registries: {allow: [canary]}\n");
  folder_.link(outside_ / "env", "app/.env");
  for (const bool in_work_tree : {false, true}) {
    if (in_work_tree) git({"init", "-q"});
    const ProcessOutput env = imglint({"list"});
    EXPECT_EQ(env.status, 2);
    EXPECT_THAT(env.output + env.errors, Not(HasSubstr("canary")));
    EXPECT_THAT(env.errors, HasSubstr("app/.env: error: not read: a symbolic link leads out"));
    const ProcessOutput moved = imglint({"retarget", "--to", "h.io/y", "--edit-env"});
    EXPECT_EQ(moved.status, 2);
    EXPECT_EQ(outside_.read("env"), "SECRET=canary\n");
    EXPECT_THAT(imglint({"list", "--env-file", "app/.env"}).output, HasSubstr("canary/x"));
  }
  unlink((folder_ / "app/.env").c_str());
  for (const char* name : {".imglint.yaml", "app/.imglint.yml"}) {
    folder_.link(outside_ / "config.yaml", name);
    const ProcessOutput config = imglint({"check"});
    EXPECT_EQ(config.status, 2) << name;
    EXPECT_THAT(config.errors, HasSubstr("not read: a symbolic link leads out")) << name;
    EXPECT_NE(imglint({"check", "--config", name}).status, 2) << name;
    unlink((folder_ / name).c_str());
  }
  folder_.link(outside_ / "config.yaml", ".hadolint.yaml");
  EXPECT_THAT(imglint({"init", "--stdout"}).errors, HasSubstr("not read: a symbolic link leads out"));
  folder_.link(outside_ / "env", ".imglintignore");
  EXPECT_THAT(imglint({"list"}).errors, HasSubstr(".imglintignore: note: it is a symbolic link"));
}

TEST_F(HostileRepository, LinksWithinTheTreeAreFollowed) {
  folder_.write("app/compose.yaml", "services:\n  a:\n    image: ${HUB}/x:1\n");
  folder_.write("common/env", "HUB=quay.io/acme\n");
  folder_.write("common/config.yaml", "rules: {missing-tag: off}\n");
  folder_.link("../common/env", "app/.env");
  folder_.link("../common/config.yaml", "app/.imglint.yaml");
  git({"init", "-q"});
  EXPECT_THAT(imglint({"list"}).output, HasSubstr("quay.io/acme/x"));
  EXPECT_NE(imglint({"check"}).status, 2);
  EXPECT_NE(imglint({"retarget", "--to", "ghcr.io/org", "--edit-env"}).status, 2);
  EXPECT_EQ(folder_.read("common/env"), "HUB=ghcr.io/org/acme\n");
}

TEST_F(HostileRepository, AConfigurationExtendsOnlyFilesOfItsRepository) {
  folder_.write("Dockerfile", "FROM nginx\n");
  git({"init", "-q"});
  outside_.write("base.yaml", "canary: [\n");
  const std::string up = "../" + outside_.path().substr(outside_.path().rfind('/') + 1) + "/base.yaml";
  folder_.write(".imglint.yaml", "extends: " + up + "\n");
  const ProcessOutput refused = imglint({"check"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.errors, HasSubstr("cannot be extended: it lies outside of the repository"));
  EXPECT_THAT(refused.errors, Not(HasSubstr("symbolic link")));
  EXPECT_THAT(refused.errors, Not(HasSubstr("canary: [")));
  outside_.write("base.yaml", "rules: {missing-tag: off}\n");
  EXPECT_NE(imglint({"check", "--config", ".imglint.yaml"}).status, 2);
}

TEST_F(HostileRepository, InitWritesThroughNoLink) {
  outside_.write("precious", "old\n");
  for (const std::string& target : {outside_ / "precious", outside_ / "new", std::string("gone")}) {
    folder_.link(target, ".imglint.yaml");
    EXPECT_EQ(imglint({"init", "--force"}).status, 2);
    EXPECT_THAT(imglint({"init", "--force"}).errors, HasSubstr("symbolic link"));
    EXPECT_EQ(unlink((folder_ / ".imglint.yaml").c_str()), 0);
  }
  EXPECT_EQ(outside_.read("precious"), "old\n");
  EXPECT_THAT(outside_.files(), ::testing::ElementsAre("precious"));
}

TEST_F(HostileRepository, AReportThatCannotBeWrittenLeavesTheOldOne) {
  for (int i = 0; i < 40; ++i)
    folder_.write("d" + std::to_string(i) + "/Dockerfile", "FROM nginx\nFROM redis\nFROM alpine\n");
  folder_.write("r.json", "old\n");
  for (const char* format : {"json", "html", "sarif", "jsonl"}) {
    const std::string command =
        "ulimit -f 1; exec \"$0\" check --exit-zero --format " + std::string(format) + " --output r.json";
    const auto result =
        run({.words = {"env", "-C", folder_.path(), "sh", "-c", command, program_path().string()}});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->status, 2) << format << result->errors;
    EXPECT_THAT(result->errors, HasSubstr("r.json: error: cannot write"));
    EXPECT_EQ(folder_.read("r.json"), "old\n");
    EXPECT_EQ(folder_.files().size(), 41U) << "a temporary file is left";
  }
  EXPECT_EQ(imglint({"check", "--exit-zero", "--format", "json", "--output", "r.json"}).status, 0);
  EXPECT_THAT(folder_.read("r.json"), HasSubstr("\"findings\""));
  EXPECT_EQ(imglint({"check", "--exit-zero", "--format", "json", "--output", "/dev/null"}).status, 0);
}

}  // namespace
}  // namespace imglint::test
