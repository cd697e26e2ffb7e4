// What a run reads of the files that a hook names, when ignores hold for them.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/index.hpp"
#include "project/discover.hpp"
#include "source/disk_file_system.hpp"
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

}  // namespace
}  // namespace imglint::test
