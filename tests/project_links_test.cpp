// Files that projects reach through symbolic links: each is told of once, under the name that a walk gives
// it, and changed once.
#include <filesystem>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "source/disk_file_system.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;
using Names = std::set<std::string>;

/// A tree with links, and what is said of it: `file:line` of each finding, and which files a move changes.
struct Linked {
  std::string what;
  Pairs files;
  Pairs links;  ///< where they lead, and where they stand
  Names told;
  Names moved;
};

const std::string redis = "services:\n  x:\n    image: redis:latest\n";
const std::string of_variable = "services:\n  x:\n    image: redis:${T:-latest}\n";
const std::string dockerfile = "ARG V=1.27\nFROM nginx:$V\n";

const Linked linked[] = {
    {"an include",
     {{"compose.yaml", "include: [link.yaml]\n"}, {"real.yaml", redis}},
     {{"real.yaml", "link.yaml"}},
     {"real.yaml:3"},
     {"real.yaml"}},
    {"a folder",
     {{"app/compose.yaml", "include: [sub/part.yaml]\n"}, {"other/part.yaml", redis}},
     {{"../other", "app/sub"}},
     {"other/part.yaml:3"},
     {"other/part.yaml"}},
    {"a base",
     {{"compose.yaml", "services: {a: {extends: {file: link.yaml, service: x}}}\n"}, {"real.yaml", redis}},
     {{"real.yaml", "link.yaml"}},
     {"real.yaml:3"},
     {"real.yaml"}},
    {"two links to one file, and the file",
     {{"a/compose.yaml", "include: [link.yaml]\n"},
      {"b/compose.yaml", "services: {a: {extends: {file: ../c/link.yaml, service: x}}}\n"},
      {"c/compose.yaml", "include: [real.yaml]\n"},
      {"c/real.yaml", redis}},
     {{"../c/link.yaml", "a/link.yaml"}, {"real.yaml", "c/link.yaml"}},
     {"c/real.yaml:3"},
     {"c/real.yaml"}},
    {"the main file, with the values beside the link",
     {{"deploy/stack.yaml", of_variable}, {".env", "T=7.2\n"}},
     {{"deploy/stack.yaml", "compose.yaml"}},
     {},
     {"deploy/stack.yaml"}},
    {"an override, which hides what it replaces",
     {{"compose.yaml", redis}, {"compose.dev.yaml", "services: {x: {image: \"redis:7.2\"}}\n"}},
     {{"compose.dev.yaml", "compose.override.yaml"}},
     {},
     {"compose.dev.yaml"}},
    {"the main file of two projects, each with its own values",
     {{"common/docker-compose.base.yml", "services: {x: {image: \"redis:${T:-7.2}\"}}\n"},
      {"a/Dockerfile", "FROM scratch\n"},
      {"b/Dockerfile", "FROM scratch\n"},
      {"a/.env", "T=7.1\n"},
      {"b/.env", "T=latest\n"}},
     {{"../common/docker-compose.base.yml", "a/compose.yaml"},
      {"../common/docker-compose.base.yml", "b/compose.yaml"}},
     {"b/.env:1"},
     {"common/docker-compose.base.yml"}},
    {"a Dockerfile",
     {{"compose.yaml", "services: {a: {build: {context: ., args: {V: latest}}}}\n"},
      {"docker/web.dockerfile", dockerfile}},
     {{"docker/web.dockerfile", "Dockerfile"}},
     {"compose.yaml:1"},
     {"docker/web.dockerfile"}},
    {"a Dockerfile that bake builds",
     {{"app/docker-bake.hcl",
       "target \"a\" {\n  dockerfile = \"Dockerfile\"\n  args = { V = \"latest\" }\n}\n"},
      {"docker/web.dockerfile", dockerfile}},
     {{"../docker/web.dockerfile", "app/Dockerfile"}},
     {"app/docker-bake.hcl:3"},
     {"docker/web.dockerfile"}},
    {"a Dockerfile that a workflow builds",
     {{".github/workflows/a.yml",
       "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: docker/build-push-action@v6\n"
       "        with: {file: app/Dockerfile, build-args: V=latest}\n"},
      {"docker/web.dockerfile", dockerfile}},
     {{"../docker/web.dockerfile", "app/Dockerfile"}},
     {".github/workflows/a.yml:7"},
     {"docker/web.dockerfile"}},
    {"the environment of two projects",
     {{"common.env", "T=latest\n"}, {"a/compose.yaml", of_variable}, {"b/compose.yaml", of_variable}},
     {{"../common.env", "a/.env"}, {"../common.env", "b/.env"}},
     {"common.env:1"},
     {"a/compose.yaml", "b/compose.yaml"}},
    {"the environment of files that are no projects, and of one",
     {{"common.env", "T=latest\n"},
      {"a/stack.yaml", of_variable},
      {"b/stack.yaml", of_variable},
      {"c/compose.yaml", of_variable}},
     {{"../common.env", "a/.env"}, {"../common.env", "b/.env"}, {"../common.env", "c/.env"}},
     {"common.env:1"},
     {"a/stack.yaml", "b/stack.yaml", "c/compose.yaml"}},
    {"the environment of an include",
     {{"common.env", "T=latest\n"},
      {"compose.yaml", "include: [{path: part.yaml, env_file: link.env}]\n"},
      {"part.yaml", of_variable}},
     {{"common.env", "link.env"}},
     {"common.env:1"},
     {"part.yaml"}},
    {"what a devcontainer is run with",
     {{".devcontainer/devcontainer.json", R"({"dockerComposeFile": "link.inc"})"}, {"stack.inc", redis}},
     {{"../stack.inc", ".devcontainer/link.inc"}},
     {"stack.inc:3"},
     {"stack.inc"}},
    {"a base that is itself relative to the link's folder",
     {{"compose.yaml", "include: [sub/link.yaml]\n"},
      {"real.yaml", "services: {s: {extends: {file: own.yaml, service: x}}}\n"},
      {"sub/own.yaml", redis}},
     {{"../real.yaml", "sub/link.yaml"}},
     {"sub/own.yaml:3"},
     {"sub/own.yaml"}},
};

class ProjectLinks : public ::testing::Test {
 protected:
  ProjectLinks() { begin(); }
  void begin() { folder_ = std::make_unique<TemporaryFolder>(); }
  void make(const Pairs& files, const Pairs& links) {
    run_in(folder_->path(), {"git", "init", "-q"});
    for (const auto& [path, text] : files) folder_->write(path, text);
    for (const auto& [target, path] : links) folder_->link(target, path);
  }
  ProgramRun run(std::vector<std::string> words, const std::string& below = "") {
    words.push_back(below.empty() ? folder_->path() : *folder_ / below);
    ProgramRun result = run_program_in(disk_, words);
    for (std::string* text : {&result.out, &result.err})
      for (auto at = text->find(folder_->path() + "/"); at != text->npos;
           at = text->find(folder_->path() + "/", at))
        text->erase(at, folder_->path().size() + 1);
    return result;
  }
  ProgramRun check(const std::string& below = "") {
    return run({"check", "--isolated", "--format", "compact"}, below);
  }
  ProgramRun retarget(const std::string& below = "") {
    return run({"retarget", "--isolated", "--to", "ghcr.io/org"}, below);
  }
  bool is_link(const std::string& path) { return std::filesystem::is_symlink(*folder_ / path); }

  DiskFileSystem disk_;
  std::unique_ptr<TemporaryFolder> folder_;
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// What stands before the second colon of each line: the file, and its line.
std::vector<std::string> places_of(const std::string& out) {
  std::vector<std::string> places;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    places.push_back(line.substr(0, line.find(':', line.find(':') + 1)));
  }
  return places;
}

/// None of them twice.
Names names_of(const std::vector<std::string>& places) {
  Names names;
  for (const std::string& place : places)
    EXPECT_TRUE(names.insert(place).second) << place << " is told twice";
  return names;
}

TEST_F(ProjectLinks, WhatIsReachedThroughALinkIsToldOfOnce) {
  for (const Linked& row : linked) {
    SCOPED_TRACE(row.what);
    begin();
    make(row.files, row.links);
    const ProgramRun found = check();
    EXPECT_EQ(names_of(places_of(found.out)), row.told) << found.out << found.err;
    EXPECT_NE(found.code, 2) << found.err;
  }
}

TEST_F(ProjectLinks, WhatIsReachedThroughALinkIsMovedOnce) {
  for (const Linked& row : linked) {
    SCOPED_TRACE(row.what);
    begin();
    make(row.files, row.links);
    const ProgramRun moved = retarget();
    for (const std::string& path : row.moved) {
      EXPECT_TRUE(holds(moved.out, path + ": 1 edit\n")) << moved.out << moved.err;
      EXPECT_TRUE(holds(folder_->read(path), "ghcr.io/org/")) << folder_->read(path);
      EXPECT_FALSE(holds(folder_->read(path), "ghcr.io/org/ghcr.io")) << folder_->read(path);
    }
    for (const auto& [target, path] : row.links) {
      EXPECT_TRUE(is_link(path)) << path;
      EXPECT_FALSE(holds(moved.out, path + ": ")) << moved.out;
    }
    EXPECT_FALSE(holds(retarget().out, "edit")) << "done";
  }
}

TEST_F(ProjectLinks, OneFileIsReadOnceForEachFolderThatItIsReachedFrom) {
  const std::string own = "services:\n  y:\n    image: ";
  make({{"compose.yaml",
         "services:\n  s1: {extends: {file: a/link.yaml, service: x}}\n"
         "  s2: {extends: {file: b/link.yaml, service: x}}\n"},
        {"real.yaml", "services: {x: {extends: {file: own.yaml, service: y}}}\n"},
        {"a/own.yaml", own + "one:1.1\n"},
        {"b/own.yaml", own + "two:1.1\n"}},
       {{"../real.yaml", "a/link.yaml"}, {"../real.yaml", "b/link.yaml"}});
  const std::string listed = run({"list", "--projects"}).out;
  EXPECT_TRUE(holds(listed, "s1: one:1.1 (a/own.yaml:3:12)")) << listed;
  EXPECT_TRUE(holds(listed, "s2: two:1.1 (b/own.yaml:3:12)")) << listed;
  EXPECT_TRUE(holds(listed, "reads real.yaml, a/own.yaml, b/own.yaml")) << listed;
}

TEST_F(ProjectLinks, FilesThatIncludeThemselvesThroughLinksAreACycle) {
  make({{"compose.yaml", "include: [sub/compose.yaml]\nservices: {x: {image: \"redis:7.2\"}}\n"}},
       {{".", "sub"}});
  const ProgramRun found = check();
  EXPECT_TRUE(holds(found.out, "include cycle: ")) << found.out << found.err;
}

TEST_F(ProjectLinks, WhatLiesOutsideOfTheGivenPathsIsNotChangedThroughALink) {
  make({{"a/compose.yaml", "include: [link.yaml]\n"}, {"b/real.yaml", redis}},
       {{"../b/real.yaml", "a/link.yaml"}});
  const ProgramRun moved = retarget("a");
  EXPECT_EQ(folder_->read("b/real.yaml"), redis) << moved.out << moved.err;
  EXPECT_TRUE(holds(moved.err, "b/real.yaml:3:12: error: the file is not edited")) << moved.err;
  EXPECT_EQ(names_of(places_of(check("a").out)), Names{"b/real.yaml:3"});
}

TEST_F(ProjectLinks, WhatAWalkLeavesOutIsNotJudgedForTheLinkThatLeadsToIt) {
  make({{"compose.yaml", "include: [link.yaml]\n"},
        {"built/real.yaml", redis},
        {".imglintignore", "built/\n"}},
       {{"built/real.yaml", "link.yaml"}});
  EXPECT_EQ(check().out, "");
  retarget();
  EXPECT_EQ(folder_->read("built/real.yaml"), redis);
}

TEST_F(ProjectLinks, LinksThatLeadOutOfTheRepositoryAreNotFollowed) {
  const TemporaryFolder outside;
  outside.write("real.yaml", redis);
  outside.write("Dockerfile", "FROM redis:latest\n");
  outside.write("env", "T=latest\n");
  make(
      {{"compose.yaml",
        "include: [link.yaml]\nservices: {x: {build: .}, y: {extends: {file: out/real.yaml, service: x}}}\n"},
       {"sub/compose.yaml", of_variable}},
      {{outside / "real.yaml", "link.yaml"},
       {outside / "Dockerfile", "Dockerfile"},
       {outside.path(), "out"},
       {outside / "env", "sub/.env"}});
  const ProgramRun found = check();
  EXPECT_EQ(names_of(places_of(found.out)), Names{"sub/compose.yaml:3"}) << found.out << found.err;
  retarget();
  EXPECT_EQ(outside.read("real.yaml"), redis);
  EXPECT_EQ(outside.read("Dockerfile"), "FROM redis:latest\n");
  EXPECT_EQ(outside.read("env"), "T=latest\n");
}

TEST_F(ProjectLinks, ANamedFileIsReadAsThePartThatALinkMakesOfIt) {
  make({{"deploy/stack.yaml", of_variable}, {".env", "T=7.2\n"}}, {{"deploy/stack.yaml", "compose.yaml"}});
  for (const char* name : {"deploy/stack.yaml", "compose.yaml"}) {
    const ProgramRun found = check(name);
    EXPECT_EQ(found.out, "") << name << ": " << found.err;
  }
}

}  // namespace
}  // namespace imglint::test
