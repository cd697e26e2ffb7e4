// Files that belong together: a .env beside a compose file, and the Dockerfiles that its services build.
#include "project/project.hpp"

#include <gtest/gtest.h>

#include "base/path.hpp"
#include "project/builds.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint {
namespace {

class ProjectTest : public ::testing::Test {
 protected:
  void add(const std::string& path, std::string text) {
    names_.push_back(path);
    files_.put(path, std::move(text));
  }
  std::string run(std::vector<std::string> words) {
    words.insert(words.end(), names_.begin(), names_.end());
    const test::ProgramRun run = test::run_program_in(files_, words);
    EXPECT_NE(run.code, 2) << run.err;
    return run.out;
  }
  std::string check() { return run({"check", "--format", "compact"}); }
  std::string list(const std::string& path) { return test::run_program_in(files_, {"list", path}).out; }
  std::string retarget() { return run({"retarget", "--to", "ghcr.io/org", "--dry-run"}); }

 private:
  test::MemoryFileSystem files_;
  std::vector<std::string> names_;
};

TEST_F(ProjectTest, ABuildArgumentOfAServiceOverridesTheDefaultAndIsBlamedInTheComposeFile) {
  add("Dockerfile", "ARG BASE=alpine:3.20\nFROM $BASE\n");
  add("compose.yaml",
      "services:\n  web:\n    build:\n      context: .\n      args:\n        BASE: nginx:latest\n");
  const std::string out = check();
  EXPECT_NE(out.find("compose.yaml:6:21: warning: tag 'latest'"), std::string::npos) << out;
}

TEST_F(ProjectTest, AnAdditionalContextIsNoImageInTheDockerfile) {
  add("app/Dockerfile.dev", "FROM base\nCOPY --from=assets /a /a\n");
  add("compose.yaml",
      "services:\n  web:\n    build:\n      context: ./app\n      dockerfile: Dockerfile.dev\n"
      "      additional_contexts:\n        base: ./base\n        assets: ../assets\n");
  EXPECT_EQ(check(), "");
}

TEST_F(ProjectTest, ADockerfileThatNobodyBuildsIsReadByItself) {
  add("Dockerfile", "ARG BASE=alpine\nFROM $BASE\n");
  add("compose.yaml", "services:\n  web:\n    build: ./elsewhere\n");
  const std::string out = check();
  EXPECT_NE(out.find("Dockerfile:1:10: warning: no tag"), std::string::npos) << out;
}

TEST_F(ProjectTest, ABuildArgumentIsMovedWhereItStands) {
  add("Dockerfile", "ARG BASE=alpine:3.20\nFROM $BASE\n");
  add("compose.yaml",
      "services:\n  web:\n    build:\n      context: .\n      args:\n        BASE: nginx:1.27\n");
  const std::string out = retarget();
  EXPECT_NE(out.find("Dockerfile:1:10"), std::string::npos) << out;
  EXPECT_NE(out.find("compose.yaml:6:15"), std::string::npos) << out;
}

TEST_F(ProjectTest, TheEnvironmentFileBesideAComposeFileIsUsedForItAlone) {
  add("a/.env", "TAG=1.27\n");
  add("a/compose.yaml", "services:\n  web:\n    image: nginx:$TAG\n");
  add("b/compose.yaml", "services:\n  web:\n    image: nginx:$TAG\n");
  EXPECT_EQ(list("a/compose.yaml"), "a/compose.yaml:3:12: image nginx:$TAG = docker.io/library/nginx:1.27\n");
  EXPECT_EQ(list("b/compose.yaml"), "b/compose.yaml:3:12: image nginx:$TAG (unresolved)\n");
}

TEST(NormalPath, ComparesSpellingsOfOneFile) {
  struct Case {
    const char* path;
    const char* normal;
  };
  constexpr Case cases[] = {
      {"Dockerfile", "Dockerfile"},
      {"./Dockerfile", "Dockerfile"},
      {"a//b/./c", "a/b/c"},
      {"a/../b", "b"},
      {"../a", "../a"},
      {"../../a/../b", "../../b"},
      {"/a/../../b", "/b"},
      {"a/..", "."},
      {"", "."},
      {"/", "/"},
  };
  for (const Case& one : cases) EXPECT_EQ(normal_path(one.path), one.normal) << one.path;
}

}  // namespace
}  // namespace imglint
