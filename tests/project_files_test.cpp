// What the commands say and change in compose projects of several files.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/project_test.hpp"

namespace imglint::test {
namespace {

class ProjectFiles : public ProjectTest {
 protected:
  std::string check(const std::string& path = "/p") {
    return run({"check", "--format", "compact", path}).out;
  }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(ProjectFiles, AnImageThatTheOverrideFileReplacesIsNotJudged) {
  add("compose.yaml", "services:\n  web:\n    image: nginx\n");
  add("compose.override.yaml", "services:\n  web:\n    image: nginx:1.27\n");
  EXPECT_EQ(check(), "");
}

TEST_F(ProjectFiles, AnImageOfAServiceThatIsBuiltInTheEndIsNotPulled) {
  add("compose.yaml", "services:\n  web:\n    image: acme/web\n");
  add("compose.override.yaml", "services:\n  web:\n    build: .\n");
  add("Dockerfile", "FROM alpine:3.20\n");
  EXPECT_EQ(check(), "");
}

TEST_F(ProjectFiles, AVariableThatTheIncludeSuppliesIsSet) {
  add("compose.yaml", "include:\n  - path: db/service.inc\n    env_file: db.env\n");
  add("db.env", "TAG=16.4\n");
  add("db/service.inc", "services:\n  db:\n    image: postgres:${TAG}\n");
  EXPECT_EQ(check(), "");
  add("db.env", "TAG=latest\n");
  EXPECT_TRUE(holds(check(), "latest-tag")) << check();
}

TEST_F(ProjectFiles, ARequiredVariableThatIsMissingIsToldOnceWithItsWords) {
  add("compose.yaml", "services:\n  web:\n    image: nginx:${TAG:?say which}\n    user: ${USER?who}\n");
  EXPECT_EQ(run({"list", "/p/compose.yaml"}).err,
            "/p/compose.yaml:3:18: error: required variable TAG is missing a value: say which\n"
            "/p/compose.yaml:4:11: error: required variable USER is missing a value: who\n");
}

TEST_F(ProjectFiles, AMissingIncludeIsToldWhereItIsWritten) {
  add("compose.yaml", "include:\n  - gone.yaml\nservices:\n  web:\n    image: nginx:1.27\n");
  const std::string out = check();
  EXPECT_TRUE(holds(out, "compose.yaml:2:5: error: there is no file")) << out;
}

TEST_F(ProjectFiles, AnExtendedFileIsMovedWhereItsValueStands) {
  add("compose.yaml", "services:\n  web:\n    extends: {file: base/common.inc, service: web}\n");
  add("base/common.inc", "services:\n  web:\n    image: nginx:1.27\n");
  EXPECT_EQ(run({"retarget", "--to", "ghcr.io/org", "/p"}).code, 0);
  EXPECT_TRUE(holds(text("base/common.inc"), "image: ghcr.io/org/")) << text("base/common.inc");
}

TEST_F(ProjectFiles, WhatLiesOutsideOfTheGivenPathsIsNotChanged) {
  add("shop/compose.yaml", "include: [../common/db.yaml]\nservices:\n  web:\n    image: nginx:1.27\n");
  add("common/db.yaml", "services:\n  db:\n    image: postgres:16.4\n");
  const std::string before = text("common/db.yaml");
  (void)run({"retarget", "--to", "ghcr.io/org", "/p/shop"});
  EXPECT_EQ(text("common/db.yaml"), before);
  EXPECT_TRUE(holds(text("shop/compose.yaml"), "ghcr.io/org/"));
}

TEST_F(ProjectFiles, ADockerfileIsJudgedAsAProjectAboveTheGivenPathsBuildsIt) {
  add("compose.yaml",
      "services:\n  api:\n    build:\n      context: svc/api\n      args: {BASE: \"nginx:1.27\"}\n");
  add("svc/api/Dockerfile", "ARG BASE\nFROM $BASE\n");
  add("svc/other/Dockerfile", "ARG BASE\nFROM $BASE\n");
  const std::string before = text("compose.yaml");
  for (const char* path : {"/p", "/p/svc", "/p/svc/api", "/p/svc/api/Dockerfile"}) {
    SCOPED_TRACE(path);
    const std::string out = check(path);
    EXPECT_FALSE(holds(out, "api/Dockerfile")) << out;
    EXPECT_EQ(holds(out, "other/Dockerfile"), std::string(path).size() < 8) << out;
  }
  const ProgramRun moved = run({"retarget", "--to", "ghcr.io/org", "/p/svc/api"});
  EXPECT_EQ(text("compose.yaml"), before) << "it was not given";
  EXPECT_EQ(moved.code, 1) << moved.out << moved.err;
}

TEST_F(ProjectFiles, WhatLiesOutsideOfTheRepositoryIsNamedAndNotRead) {
  add("compose.yaml", "include: [../other.yaml]\nservices:\n  web:\n    image: nginx:1.27\n");
  disk.put("/other.yaml", "services:\n  x:\n    image: secret\n");
  const ProgramRun run = this->run({"list", "/p"});
  EXPECT_TRUE(holds(run.err, "outside of this repository")) << run.err;
  EXPECT_FALSE(holds(run.out, "secret"));
  for (const std::string& line : disk.log()) EXPECT_FALSE(holds(line, "read /other.yaml")) << line;
}

TEST_F(ProjectFiles, AnOverrideThatIsNamedAloneIsReadInItsProject) {
  add("compose.yaml", "services:\n  web:\n    build: .\n");
  add("compose.override.yaml", "services:\n  web:\n    image: acme/web\n");
  EXPECT_EQ(check("/p/compose.override.yaml"), "");
}

TEST_F(ProjectFiles, AVariableIsUnsetOnlyIfItIsSoInEveryProjectThatReadsTheFile) {
  add("a/compose.yaml", "include: [../db.yaml]\n");
  add("b/compose.yaml", "include: [../db.yaml]\n");
  add("db.yaml", "services:\n  db:\n    image: postgres:${TAG}\n");
  EXPECT_TRUE(holds(check(), "unset-image-variable")) << check();
  add("b/.env", "TAG=16.4\n");
  EXPECT_FALSE(holds(check(), "unset-image-variable")) << check();
}

TEST_F(ProjectFiles, AProjectStaysWhereOneOfAFolderBelowOrBesideReadsItsFile) {
  add("app/compose.yaml", "services:\n  web:\n    image: nginx:${TAG}\n  db:\n    image: postgres:latest\n");
  add("app/compose.override.yaml", "services:\n  db:\n    image: postgres:16.4\n");
  for (const std::string folder : {"app/e2e", "e2e"}) {
    const std::string up = folder == "e2e" ? "../app/" : "../";
    add(folder + "/.env", "TAG=1.27\n");
    add(folder + "/compose.yaml",
        "services:\n  web:\n    extends: {file: " + up + "compose.yaml, service: web}\n");
  }
  const std::string projects = run({"list", "--projects", "/p"}).out;
  EXPECT_TRUE(holds(projects, "app: /p/app/compose.yaml, /p/app/compose.override.yaml\n")) << projects;
  EXPECT_TRUE(holds(projects, "/p/app/e2e/compose.yaml") && holds(projects, "/p/e2e/compose.yaml"))
      << projects;
  EXPECT_EQ(check(), "");  // the override replaces one, and somebody sets the variable of the other
}

TEST_F(ProjectFiles, WhatABaseOutOfReachHoldsIsNotKnownToBeMissing) {
  for (const char* services :
       {"services:\n  w:\n    extends: {file: \"oci://docker.io/acme/base:1\", service: o}\n",
        "services:\n  w:\n    extends: {file: ../../outside/base.yaml, service: o}\n",
        "include: [\"oci://docker.io/acme/infra:1.2\"]\nservices:\n  x:\n    extends: db\n"}) {
    disk.put("/outside/base.yaml", "services:\n  o: {image: \"nginx:1.27\"}\n");
    add("deep/compose.yaml", services);
    EXPECT_EQ(check(), "") << services;
  }
}

TEST_F(ProjectFiles, AFileThatAProjectAboveIncludesMakesNoneOfItsOwn) {
  add("compose.yaml", "include:\n  - {path: db/compose.yaml, env_file: db.env}\n");
  add("db.env", "TAG=16.4\n");
  add("db/compose.yaml", "services:\n  db:\n    image: postgres:${TAG}\n");
  const std::string projects = run({"list", "--projects", "/p"}).out;
  EXPECT_FALSE(holds(projects, "db: /p/db/compose.yaml")) << projects;
}

TEST_F(ProjectFiles, WhatIsFoundInSomeProjectsOfAFileNamesThem) {
  for (const std::string name : {"a", "b", "c"})
    add(name + "/compose.yaml", "name: shop-" + name + "\ninclude: [../db.yaml]\n");
  add("db.yaml", "services:\n  db:\n    image: ghcr.io/acme/db:${TAG:-latest}\n");
  EXPECT_EQ(check(), "/p/db.yaml:3:35: warning: tag 'latest' is whatever was pushed last [latest-tag]\n");
  add("b/compose.override.yaml", "services:\n  db:\n    image: ghcr.io/acme/db:16\n");
  EXPECT_EQ(
      check(),
      "/p/db.yaml:3:35: warning: tag 'latest' is whatever was pushed last (in projects shop-a and shop-c) "
      "[latest-tag]\n");
  add("c/compose.override.yaml", "services:\n  db:\n    build: .\n");
  EXPECT_EQ(check(),
            "/p/db.yaml:3:35: warning: tag 'latest' is whatever was pushed last (in project shop-a) "
            "[latest-tag]\n");
}

TEST_F(ProjectFiles, ProjectsOfOneNameAreToldApartByAFile) {
  for (const std::string name : {"a", "b", "c"})
    add(name + "/compose.yaml", "name: shop\ninclude: [../db.yaml]\n");
  add("db.yaml", "services:\n  db:\n    image: ghcr.io/acme/db:${TAG:-latest}\n");
  EXPECT_EQ(check(), "/p/db.yaml:3:35: warning: tag 'latest' is whatever was pushed last [latest-tag]\n");
  add("b/compose.override.yaml", "services:\n  db:\n    image: ghcr.io/acme/db:16\n");
  EXPECT_EQ(check(),
            "/p/db.yaml:3:35: warning: tag 'latest' is whatever was pushed last (in projects shop of "
            "/p/a/compose.yaml and shop of /p/c/compose.yaml) [latest-tag]\n");
}

TEST_F(ProjectFiles, WhatStandsInAFileOfOneProjectAloneNamesNone) {
  for (const std::string name : {"a", "b"}) add(name + "/compose.yaml", "include: [../db.yaml]\n");
  add("a/.env", "TAG=latest\n");
  add("b/.env", "TAG=16\n");
  add("db.yaml", "services:\n  db:\n    image: ghcr.io/acme/db:${TAG}\n");
  EXPECT_EQ(check(), "/p/a/.env:1:5: warning: tag 'latest' is whatever was pushed last [latest-tag]\n");
}

TEST_F(ProjectFiles, AFileThatOneProjectReadsInTwoWaysNamesNone) {
  add("compose.yaml", "include:\n  - {path: a.yaml, env_file: a.env}\n  - {path: b.yaml, env_file: b.env}\n");
  for (const std::string name : {"a", "b"})
    add(name + ".yaml", "services:\n  " + name + ":\n    extends: {file: base.yaml, service: db}\n");
  add("base.yaml", "services:\n  db:\n    image: ghcr.io/acme/db:${TAG:-latest}\n");
  add("a.env", "X=1\n");
  add("b.env", "TAG=16\n");
  EXPECT_EQ(check(), "/p/base.yaml:3:35: warning: tag 'latest' is whatever was pushed last [latest-tag]\n");
}

TEST_F(ProjectFiles, AResetKeyKeepsWhatAMergeKeyBrings) {
  add("compose.yaml",
      "x-base: &base\n  image: redis:7.2\nservices:\n"
      "  web:\n    <<: *base\n    image: !reset null\n"
      "  job:\n    image: !reset nginx:1.26\n    <<: [{image: !reset null}, {image: alpine:3.20}]\n");
  add("compose.override.yaml", "services:\n  web:\n    restart: always\n");
  EXPECT_EQ(run({"list", "--projects", "/p"}).out,
            "p: /p/compose.yaml, /p/compose.override.yaml\n"
            "  web: redis:7.2 (/p/compose.yaml:2:10)\n"
            "  job: alpine:3.20 (/p/compose.yaml:9:40)\n");
  EXPECT_EQ(check(), "");
  // The override's takes away what the main file has, and keeps its own.
  add("compose.yaml", "services:\n  web:\n    image: nginx\n");
  add("compose.override.yaml",
      "x-base: &base\n  image: redis:7.2\nservices:\n  web:\n    image: !reset null\n    <<: *base\n");
  EXPECT_EQ(run({"list", "--projects", "/p"}).out,
            "p: /p/compose.yaml, /p/compose.override.yaml\n"
            "  web: redis:7.2 (/p/compose.override.yaml:2:10)\n");
}

/// With a baseline, which may be empty, all files are judged when all are read.
TEST_F(ProjectFiles, WhatIsJudgedAsSoonAsAProjectIsReadIsWhatIsJudgedInTheEnd) {
  add("a/compose.yaml", "include: [db.yaml, ../both.yaml]\nservices:\n  web:\n    image: nginx\n");
  add("a/db.yaml", "services:\n  db:\n    image: postgres:latest\n");
  add("b/compose.yaml", "include: [../both.yaml]\nservices:\n  web:\n    image: redis:$TAG\n");
  add("b/.env", "TAG=latest\n");
  add("both.yaml", "services:\n  both:\n    image: ghcr.io/acme/both:${TAG:-latest}\n");
  add("c/compose.yaml", "services:\n  web:\n    build: {context: ., args: {BASE: \"alpine:latest\"}}\n");
  add("c/compose.override.yaml", "services:\n  web:\n    image: acme/web\n  other:\n    image: busybox\n");
  add("c/Dockerfile", "ARG BASE\nFROM $BASE\n");
  add("d/compose.yaml", "include: [gone.yaml]\nservices:\n  web:\n    image: nginx\n");
  add("d/compose.override.yaml", "services:\n  web:\n    restart: always\n");
  add("e/compose.yaml", "services:\n  web:\n    image: ghrc.io/a/b:1\n");  // judged beside other files
  add("e/compose.override.yaml", "services:\n  more:\n    image: ghrc.io/a/c:1\n");
  disk.put("/empty.json", R"({"version": 1, "findings": []})");
  for (const char* format : {"compact", "text", "jsonl", "sarif", "junit"}) {
    SCOPED_TRACE(format);
    const ProgramRun early = run({"check", "--format", format, "-j", "2", "/p"});
    const ProgramRun late = run({"check", "--format", format, "--baseline", "/empty.json", "/p"});
    EXPECT_TRUE(holds(early.out, "both.yaml")) << early.out << early.err;
    EXPECT_EQ(early.out, late.out);
    EXPECT_EQ(early.code, late.code);
  }
}

TEST_F(ProjectFiles, TheConfigurationNamesProjects) {
  add("compose.yaml", "services:\n  web:\n    image: nginx:1.27\n");
  add("compose.prod.yaml", "services:\n  web:\n    build: .\n");
  add("Dockerfile", "FROM alpine:3.20\n");
  add(".imglint.yaml", "projects:\n  - files: [compose.yaml, compose.prod.yaml]\n");
  const std::string out = run({"list", "--projects", "--config", "/p/.imglint.yaml", "/p"}).out;
  EXPECT_TRUE(holds(out, "compose.yaml, ")) << out;
  EXPECT_TRUE(holds(out, "builds nginx:1.27 from ")) << out;
}

TEST_F(ProjectFiles, WhatIsExcludedIsReadWhereOthersNeedItAndNeitherJudgedNorEdited) {
  struct Row {
    const char* what;
    std::map<std::string, std::string> files;  ///< those below vendor/ are excluded
    std::string left;                          ///< what a move says of them
  };
  const Row rows[] = {
      {"an included file",
       {{"compose.yaml", "include: [vendor/db.yaml]\nservices:\n  web:\n    image: acme/web:1\n"},
        {"vendor/db.yaml", "services:\n  db:\n    image: postgres\n"}},
       "vendor/db.yaml:3:12"},
      {"an extended file",
       {{"compose.yaml",
         "services:\n  web:\n    image: acme/web:1\n  db:\n    extends: {file: vendor/x, service: a}\n"},
        {"vendor/x", "services:\n  a:\n    image: postgres\n"}},
       "vendor/x:3:12"},
      {"what a service builds",
       {{"compose.yaml", "services:\n  web:\n    image: acme/web:1\n  db:\n    build: vendor\n"},
        {"vendor/Dockerfile", "FROM postgres\n"}},
       "vendor/Dockerfile:1:6"},
      {"a value from an included file",
       {{"compose.yaml",
         "include:\n  - {path: vendor/db.yaml, env_file: v.env}\nservices:\n  web:\n    image: acme/web:1\n"},
        {"v.env", "TAG=latest\n"},
        {"vendor/db.yaml", "services:\n  db:\n    image: postgres:${TAG}\n"}},
       "vendor/db.yaml:3:12"},
      {"a file that a devcontainer names",
       {{".devcontainer/devcontainer.json",
         R"({"image": "acme/web:1", "dockerComposeFile": "../vendor/dev"})"},
        {"vendor/dev", "services:\n  db:\n    image: postgres\n"}},
       ""},
      {"a pipeline's include",
       {{".gitlab-ci.yml", "include: vendor/a.yml\ntest: {image: \"acme/web:1\"}\n"},
        {"vendor/a.yml", "other: {image: postgres}\n"}},
       "vendor/a.yml:1:16"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    disk = MemoryFileSystem();
    disk.put("/p/.git/HEAD", "");
    add(".imglint.yaml", "# ours\nexclude: [vendor/]\n");
    for (const auto& [path, bytes] : row.files) add(path, bytes);
    EXPECT_EQ(check(), "");
    const std::string listed = run({"list", "/p"}).out;
    EXPECT_TRUE(holds(listed, "acme/web")) << listed;
    EXPECT_FALSE(holds(listed, "postgres")) << listed;
    EXPECT_TRUE(holds(run({"list", "--isolated", "/p"}).out, "postgres") || row.left.empty());
    const ProgramRun moved = run({"retarget", "--to", "q.io", "/p"});
    for (const auto& [path, bytes] : row.files)
      EXPECT_EQ(text(path) == bytes, !holds(bytes, "acme/web")) << text(path);
    if (row.left.empty()) continue;
    EXPECT_TRUE(holds(moved.err, "/p/" + row.left +
                                     ": error: the file is not edited: read only for those who need it: "
                                     "'vendor/' in p/.imglint.yaml:2 excludes it; name it to have it changed "
                                     "[not-editable]\n"))
        << moved.err;
    EXPECT_TRUE(holds(moved.err, "1 moved in 1 file, 1 left\n")) << moved.err;
    EXPECT_EQ(moved.code, 1);
    const std::string left = row.left.substr(0, row.left.find(':'));
    EXPECT_EQ(run({"retarget", "--to", "q.io", "/p", "/p/" + left}).code, 0);
    EXPECT_TRUE(holds(text(left), "q.io/postgres")) << text(left);
  }
}

TEST_F(ProjectFiles, AMistakeOfAnExcludedFileIsARemark) {
  add(".imglint.yaml", "exclude: [vendor/]\n");
  add("compose.yaml", "include: [vendor/db.yaml]\nservices:\n  web:\n    image: acme/web:1\n");
  for (const std::string mistake : {"services: [\n", "services:\n  db: {image: a, image: b}\n",
                                    "services:\n  db: {image: \"a:${X:?no X}\"}\n"}) {
    SCOPED_TRACE(mistake);
    add("vendor/db.yaml", mistake);
    const ProgramRun checked = run({"check", "--format", "compact", "/p"});
    EXPECT_EQ(checked.out, "");
    EXPECT_TRUE(holds(checked.err, "note: docker compose stops here, in a file that is left out: "))
        << checked.err;
    EXPECT_EQ(checked.code, 0);
  }
}

TEST_F(ProjectFiles, AnEditThatBelongsIntoAnExcludedFileIsRefused) {
  add(".imglint.yaml", "exclude: [vendor/]\n");
  add(".gitlab-ci.yml", "include: vendor/a.yml\ntest: {image: $IMAGE}\n");
  add("vendor/a.yml", "variables: {IMAGE: \"nginx:latest\"}\n");
  const std::string before = text("vendor/a.yml");
  const ProgramRun moved = run({"retarget", "--to", "q.io", "/p"});
  EXPECT_EQ(text("vendor/a.yml"), before);
  EXPECT_TRUE(holds(moved.err, "excludes it")) << moved.err;
  EXPECT_EQ(moved.code, 1);
  (void)run({"check", "--fix", "--unsafe-fixes", "/p"});
  EXPECT_EQ(text("vendor/a.yml"), before);
  EXPECT_TRUE(holds(run({"list", "/p"}).out, "nginx:latest")) << "its values are read";
}

TEST_F(ProjectFiles, WhoIsExcludedIsSaidWhereAFolderSeemsEmpty) {
  add(".imglint.yaml", "exclude:\n  - vendor/\n  - \"*.md\"\n");
  add("vendor/Dockerfile", "FROM nginx\n");
  EXPECT_TRUE(holds(run({"check", "/p"}).err,
                    "hint: 'vendor/' in p/.imglint.yaml:2 excludes files here; name those that are to be "
                    "read\n"));
  add("docs/a.md", "# a\n");
  EXPECT_TRUE(holds(run({"check", "/p/docs"}).err, "--no-ignore reads them"));
  EXPECT_TRUE(holds(run({"check", "/p/vendor/Dockerfile"}).out, "missing-tag"));
}

TEST_F(ProjectFiles, TwoFilesForTwoEnvironmentsAreNoProject) {
  add("compose.dev.yaml", "services:\n  web:\n    image: nginx\n");
  add("compose.prod.yaml", "services:\n  web:\n    image: nginx:1.27\n");
  EXPECT_TRUE(holds(check(), "compose.dev.yaml:3:12: warning: no tag")) << check();
}

TEST_F(ProjectFiles, TheListSaysWhatWasPutTogether) {
  add("compose.yaml", "name: shop\nservices:\n  web:\n    image: nginx:1.26\n");
  add("compose.override.yaml", "services:\n  web:\n    image: nginx:1.27\n");
  EXPECT_EQ(run({"list", "--projects", "/p"}).out,
            "shop: /p/compose.yaml, /p/compose.override.yaml\n"
            "  web: nginx:1.27 (/p/compose.override.yaml:3:12)\n");
}

TEST_F(ProjectFiles, WhatPipelinesIncludeIsReadOnce) {
  add(".gitlab-ci.yml", "include: ['ci/*.yml']\ntest: {image: $A}\n");
  for (const char* name : {"a", "b", "c"})
    add("ci/" + std::string(name) + ".yml", "include: ['/ci/*.yml']\nvariables: {A: 'nginx:1.27'}\n");
  EXPECT_EQ(check(), "");
  std::map<std::string, int> reads;
  for (const std::string& line : disk.log())
    if (line.starts_with("read") && line.ends_with(".yml")) ++reads[line.substr(line.rfind('/'))];
  // The names of the others do not say what they are: the walk looks at their text before.
  EXPECT_EQ(reads, (std::map<std::string, int>{
                       {"/.gitlab-ci.yml", 1}, {"/a.yml", 2}, {"/b.yml", 2}, {"/c.yml", 2}}));
}

TEST_F(ProjectFiles, WhatADevcontainerNamesIsMoved) {
  add(".devcontainer/devcontainer.json", R"({"dockerComposeFile": ["../base.inc", "dev.inc"]})");
  add("base.inc", "services:\n  app:\n    image: nginx:1.27\n");
  add(".devcontainer/dev.inc", "services:\n  db:\n    image: redis:7.2\n");
  EXPECT_EQ(run({"retarget", "--to", "ghcr.io/org", "/p"}).code, 0);
  EXPECT_TRUE(holds(text("base.inc"), "image: ghcr.io/org/")) << text("base.inc");
  EXPECT_TRUE(holds(text(".devcontainer/dev.inc"), "image: ghcr.io/org/")) << text(".devcontainer/dev.inc");
}

}  // namespace
}  // namespace imglint::test
