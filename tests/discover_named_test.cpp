// What a run reads of the files that a hook names, when ignores hold for them.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "kinds/index.hpp"
#include "project/discover.hpp"
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

}  // namespace
}  // namespace imglint::test
