// What a run reads of the files that a hook names, when ignores hold for them.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "kinds/index.hpp"
#include "project/discover.hpp"
#include "project/left_out.hpp"
#include "source/disk_file_system.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

TEST(DiscoverNamed, FilesAreAskedByTheirTextsWhereIgnoresHoldForThem) {
  TemporaryFolder folder;
  folder.write("pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: a}]}\n");
  folder.write("stack/app.yml", "services: {a: {image: nginx}}\n");
  folder.write("book.yaml", "- hosts: all\n  image: {{ image }}\n");
  folder.write("package.json", "{\"image\": \"a/b:1\"}");
  folder.write("compose.yaml", "x: 1\n");
  std::vector<std::string> all;
  for (const char* name : {"pod.yaml", "stack/app.yml", "book.yaml", "package.json", "compose.yaml"})
    all.push_back(folder / name);
  DiskFileSystem files;
  EXPECT_EQ(discover(files, all, {}).files.size(), 5U);
  std::string found;
  for (const FoundFile& file : discover(files, all, {.force_exclude = true}).files)
    found += std::string(file.kind->name) + " " + file.path.substr(folder.path().size() + 1) + "\n";
  EXPECT_EQ(found, "compose compose.yaml\nkubernetes pod.yaml\ncompose stack/app.yml\n");
}

TEST(DiscoverNamed, ALinkAddsNothingBesideTheFileThatItLeadsTo) {
  TemporaryFolder folder;
  folder.write("a/Dockerfile", "FROM scratch\n");
  folder.link("a/Dockerfile", "Dockerfile");
  folder.link("Dockerfile", "b.dockerfile");
  const struct {
    std::vector<std::string> named;
    std::string found;
  } rows[] = {
      {{"Dockerfile", "a"}, "a/Dockerfile"},
      {{"Dockerfile", "a/Dockerfile"}, "a/Dockerfile"},
      {{"Dockerfile", "b.dockerfile"}, "Dockerfile"},
      {{"b.dockerfile"}, "b.dockerfile"},
  };
  DiskFileSystem files;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.named.front() + ": " + row.found);
    std::vector<std::string> paths;
    for (const std::string& name : row.named) paths.push_back(folder / name);
    const Discovery found = discover(files, paths, {});
    ASSERT_EQ(found.files.size(), 1U);
    EXPECT_EQ(found.files.front().path, folder / row.found);
  }
}

TEST(DiscoverNamed, FilesInAFolderOfWorkflowsAreWorkflowsUnlessTheirTextsSayOtherwise) {
  const std::string workflow = "on: push\njobs:\n  a:\n    container: alpine:3\n";
  const std::string services = "services:\n  a:\n    image: redis:7\n";
  const struct {
    std::string name, text, dialect;
  } rows[] = {
      {"docker-compose.yml", workflow, "github-workflow"},
      {"compose.yaml", workflow, "github-workflow"},
      {"ci.yml", workflow, "github-workflow"},
      {"docker-compose.yml", services, "compose"},
      {"tests.yml", services, "compose"},
      {"tests.yml", services + workflow, "github-workflow"},
      {"docker-compose.yml", services + "on: push\n", "github-workflow"},
      {"docker-compose.yml", "services:\n  a: {ports: [\"80\"]}\n", "github-workflow"},
      {"docker-compose.yml", "", "github-workflow"},
  };
  for (const std::string folder : {".github", ".gitea", "sub/.forgejo"})
    for (const auto& row : rows) {
      SCOPED_TRACE(folder + " " + row.name + ": " + row.text);
      MemoryFileSystem disk;
      const std::string path = "/p/" + folder + "/workflows/" + row.name;
      disk.put(path, row.text);
      for (const std::string& given : {std::string("/p"), path}) {
        const Discovery found = discover(disk, std::vector{given}, {.git = ""});
        ASSERT_EQ(found.files.size(), 1U);
        EXPECT_EQ(found.files[0].kind->name, row.dialect) << given;
      }
    }
}

TEST(DiscoverNamed, FilesWhoseNamesSayNothingAreWhatTheirTextsSay) {
  const std::string workflow = "on: push\njobs:\n  a:\n    container: alpine:3\n";
  const std::string action = "name: x\nruns:\n  using: docker\n  image: docker://alpine:3\n";
  const std::string drone = "kind: pipeline\nsteps:\n  - image: alpine:3\n";
  const struct {
    std::string name, text, dialect;
  } rows[] = {
      {"ci.yml", workflow, "github-workflow"},
      {"ci.yaml", "# x\n---\n\"on\": [push]\njobs: {a: {container: \"alpine:3\"}}\n", "github-workflow"},
      {"ci.txt", workflow, "github-workflow"},
      {"ci", workflow, "github-workflow"},
      {"hello.yml", action, "github-action"},
      {"ours.yaml", "kind: secret\n---\n" + drone, "drone"},
      {"ours", drone, "drone"},
      {"jobs.yml", "jobs:\n  a:\n    container: alpine:3\n", ""},
      {"list.yml", "on: push\njobs: [{container: \"alpine:3\"}]\n", ""},
      {"pod.yml", "kind: pod\nsteps:\n  - image: alpine:3\n", ""},
      {"stack.yml", "services:\n  on: {image: \"alpine:3\"}\n  jobs: {image: \"alpine:3\"}\n", "compose"},
      // Names that say it.
      {".github/workflows/x.yml", drone, ""},
      {"compose.yaml", workflow, ""},
      {"action.yml", workflow, ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name + ": " + row.text);
    MemoryFileSystem disk;
    disk.put(row.name, row.text);
    const auto dialect = [&](const std::vector<std::string>& words, const std::string& input) {
      std::vector<std::string> all = {"list", "--isolated", "--format", "jsonl"};
      all.insert(all.end(), words.begin(), words.end());
      const std::string out = run_program_in(disk, all, input).out;
      return out.empty()
                 ? std::string()
                 : nlohmann::json::parse(out.substr(0, out.find('\n'))).at("dialect").get<std::string>();
    };
    EXPECT_EQ(dialect({row.name}, {}), row.dialect);
    EXPECT_EQ(dialect({"-", "--stdin-filename", row.name}, row.text), row.dialect);
    if (!row.dialect.empty()) {
      EXPECT_EQ(dialect({"-"}, row.text), row.dialect);
    }
    // A walk goes by names alone; only compose files does it know by their texts.
    if (row.dialect != "compose") {
      EXPECT_EQ(dialect({"."}, {}), "");
    }
  }
}

TEST(DiscoverNamed, SaysWhyAFileThatOthersNameIsInNoWalk) {
  DiskFileSystem files;
  for (const bool in_work_tree : {true, false}) {
    SCOPED_TRACE(in_work_tree);
    TemporaryFolder tree;
    for (const char* name : {"a/base", "b/base", "b/own", "c/base"}) tree.write(name, "services: {}\n");
    tree.write(".gitignore", "/a\n");
    tree.write("b/.imglintignore", "base\n");
    if (in_work_tree) run_in(tree.path(), {"git", "init", "-q"});
    const DiscoverOptions options = {
        .choose = [&](const std::string& folder, const FolderEntries*) -> ChooseInFolder {
          if (folder != tree / "c") return {};
          return [](std::string_view) { return FileChoice{.excluded = true, .excluded_by = "'c' in x:1"}; };
        }};
    const std::vector<std::string> given = {tree.path()};
    LeftOut left_out(files, options, given);
    EXPECT_EQ(left_out.why(tree / "a/base"), in_work_tree ? ".gitignore leaves it out" : "");
    EXPECT_EQ(left_out.why(tree / "b/base"), ".imglintignore leaves it out");
    EXPECT_EQ(left_out.why(tree / "b/own"), "");
    EXPECT_EQ(left_out.why(tree / "c/base"), "'c' in x:1 excludes it");
    DiscoverOptions free = options;
    free.no_ignore = true;
    EXPECT_EQ(LeftOut(files, free, given).why(tree / "b/base"), "");
    EXPECT_EQ(LeftOut(files, free, given).why(tree / "c/base"), "'c' in x:1 excludes it");
    const std::vector<std::string> named = {tree.path(), tree / "b/base", tree / "c/base"};
    EXPECT_EQ(LeftOut(files, options, named).why(tree / "b/base"), "");
    EXPECT_EQ(LeftOut(files, options, named).why(tree / "c/base"), "");
    DiscoverOptions forced = options;
    forced.force_exclude = true;
    EXPECT_EQ(LeftOut(files, forced, named).why(tree / "b/base"), ".imglintignore leaves it out");
  }
}

}  // namespace
}  // namespace imglint::test
