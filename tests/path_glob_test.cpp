#include "base/path_glob.hpp"

#include <algorithm>
#include <fnmatch.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/glob.hpp"
#include "project/include_paths.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint {
namespace {

struct GlobCase {
  std::string_view glob;
  std::string_view path;
  bool matches;
};

constexpr GlobCase glob_cases[] = {
    {"Dockerfile", "Dockerfile", true},
    {"Dockerfile", "a/b/Dockerfile", true},
    {"Dockerfile", "Dockerfile.dev", false},
    {"Dockerfile*", "a/Dockerfile.dev", true},
    {"examples", "examples/a/Dockerfile", true},
    {"examples", "x/examples/Dockerfile", true},
    {"examples/", "x/examples/Dockerfile", true},
    {"examples", "my-examples/Dockerfile", false},
    {"/examples", "examples/Dockerfile", true},
    {"/examples", "x/examples/Dockerfile", false},
    {"examples/**", "examples/Dockerfile", true},
    {"examples/**", "examples/a/b/c", true},
    {"examples/**", "examples", false},
    {"examples/**", "x/examples/a", false},
    {"examples/*", "examples/a/b", true},
    {"a/*/c", "a/b/c", true},
    {"a/*/c", "a/c", false},
    {"a/*/c", "a/x/y/c", false},
    {"a/**/c", "a/c", true},
    {"a/**/c", "a/x/y/c", true},
    {"a/**/c", "a/x/y/c/d", true},
    {"a/**/c", "a/x/y/d", false},
    {"**/c", "c", true},
    {"**/c", "a/b/c", true},
    {"**", "a", true},
    {"*.yml", "a/compose.yml", true},
    {"*.yml", "a/compose.yaml", false},
    {"a/?.yml", "a/b.yml", true},
    {"a/?.yml", "a/bc.yml", false},
    {"a/[bc].yml", "a/c.yml", true},
    {"a/[!bc].yml", "a/c.yml", false},
    {"**/a/**/b", "x/a/y/a/z/b", true},
    {"**/a/b/**/c/d", "a/b/c/a/b/x/c/d", true},
    {"a*b*c", "aXbXc", true},
    {"a*/b", "ax/b", true},
    {"a*b", "a/b", false},
    {"", "a", false},
};

TEST(PathGlob, MatchesAsInGitignore) {
  for (const GlobCase& test : glob_cases)
    EXPECT_EQ(path_matches(test.glob, test.path), test.matches) << test.glob << " and " << test.path;
}

TEST(PathGlob, ManyDoubleStarsStayFast) {
  std::string glob, path;
  for (int i = 0; i < 200; ++i) glob += "**/a/";
  for (int i = 0; i < 2000; ++i) path += "a/";
  EXPECT_FALSE(path_matches(glob + "b", path + "c"));
}

TEST(PathGlob, ManyStarsInANameStayFast) {
  std::string stars, name(250, 'a'), path;
  for (int i = 0; i < 60; ++i) stars += "a*";
  for (int i = 0; i < 20; ++i) path += name + "/";
  EXPECT_FALSE(path_matches(stars + "b", path + "c"));
  std::string both;
  for (int i = 0; i < 5; ++i) both += "**/a*a*a*/";
  EXPECT_FALSE(path_matches(both + "**/b", path + "c"));
  EXPECT_TRUE(path_matches(both + "**/b", path + "b"));
}

TEST(NameGlob, AgreesWithFnmatch) {
  const std::string_view pieces[] = {"a",    "b",           "*",  "?", "[ab]", "[!a]", "[^b]",
                                     "[]a]", "[[:alpha:]]", "[a", "]", "-",    "["};
  const std::string_view names[] = {"",    "a",   "b", "ab",  "ba",          "]", "[a",
                                    "a]b", "aab", "[", "b-a", "[[:alpha:]]", "[]"};
  for (const auto one : pieces)
    for (const auto two : pieces)
      for (const auto three : pieces)
        for (const auto name : names) {
          const std::string glob = std::string(one).append(two).append(three);
          EXPECT_EQ(name_glob_matches(glob, name),
                    fnmatch(glob.c_str(), std::string(name).c_str(), FNM_NOESCAPE) == 0)
              << glob << " and " << name;
        }
}

struct FaultCase {
  std::string_view glob;
  std::string_view fault;
};

constexpr FaultCase fault_cases[] = {
    {"", "it is empty"},
    {"a\\b", "folders are separated by '/'"},
    {"{a,b}", "braces have no meaning here: write one glob for each"},
    {"!a", "a '!' in front has no meaning here"},
    {"a//b", "it has an empty name between slashes"},
    {"./a", "paths are relative to the folder of this file, without '.'"},
    {"a/../b", "paths are relative to the folder of this file, without '..'"},
};

TEST(PathGlob, SaysWhyAGlobCanNeverMatch) {
  for (const FaultCase& test : fault_cases) EXPECT_EQ(fault_of_glob(test.glob), test.fault) << test.glob;
  for (const GlobCase& test : glob_cases) {
    if (test.matches) {
      EXPECT_EQ(fault_of_glob(test.glob), std::nullopt) << test.glob;
    }
  }
}

// GitLab, doc/ci/yaml/includes.md: `configs/*.yml` adds the files of a folder and none of its subfolders,
// `configs/**.yml` those of the folder and of any subfolder, `configs/**/*.yml` only those of subfolders.
// Other characters stand for themselves (app/models/repository.rb, search_files_by_wildcard_path).
constexpr GlobCase include_cases[] = {
    {"configs/*.yml", "configs/a.yml", true},
    {"configs/*.yml", "configs/.a.yml", true},
    {"configs/*.yml", "configs/a.yaml", false},
    {"configs/*.yml", "configs/x/a.yml", false},
    {"configs/*.yml", "a.yml", false},
    {"/configs/*.yml", "configs/a.yml", true},
    {"configs/**.yml", "configs/a.yml", true},
    {"configs/**.yml", "configs/x/a.yml", true},
    {"configs/**.yml", "configs/x/y/a.yml", true},
    {"configs/**.yml", "other/a.yml", false},
    {"configs/**/*.yml", "configs/a.yml", false},
    {"configs/**/*.yml", "configs/x/a.yml", true},
    {"configs/**/*.yml", "configs/x/y/a.yml", true},
    {"configs/***.yml", "configs/x/a.yml", true},
    {"config**.yml", "configs/x/a.yml", true},
    {"**/ci.yml", "ci.yml", false},
    {"**/ci.yml", "x/y/ci.yml", true},
    {"**ci.yml", "ci.yml", true},
    {"*/ci.yml", "x/ci.yml", true},
    {"*/ci.yml", "x/y/ci.yml", false},
    {"*.yml", "a.yml", true},
    {"*.yml", "x/a.yml", false},
    {"configs/?.yml", "configs/a.yml", false},
    {"configs/[a]*.yml", "configs/a.yml", false},
    {"configs/[a]*.yml", "configs/[a]b.yml", true},
    {"configs/a.yml", "configs/a.yml", true},
    {"configs/a.yml", "configs/x/a.yml", false},
    {"", "a.yml", false},
    {"/", "a.yml", false},
};

TEST(IncludePaths, AreThoseThatGitLabFinds) {
  for (const GlobCase& test : include_cases) {
    EXPECT_EQ(includes_any_of({std::string(test.path)}, test.glob, ".gitlab-ci.yml"), test.matches)
        << test.glob << " of " << test.path;
    test::MemoryFileSystem disk;
    disk.put("/p/" + std::string(test.path), "");
    DiskPaths on_disk(disk);
    Looks looks(1000);
    EXPECT_EQ(on_disk.named_by({"/p"}, test.glob, looks).size(),
              test.matches && test.glob.ends_with("ml") ? 1u : 0u)
        << test.glob << " of " << test.path;
    PathList list({"/p/" + std::string(test.path)});
    EXPECT_EQ(list.named_by({"/p"}, test.glob, looks).size(), test.matches ? 1u : 0u)
        << test.glob << " of " << test.path;
  }
}

TEST(IncludePaths, AreSeenFromTheNearestFolderThatHasThem) {
  PathList list({"/p/a/ci/x.yml", "/p/a/ci/y.yml", "/p/ci/x.yml", "/p/ci/z.yml"}, 1);
  Looks looks(1000);
  using Paths = std::vector<std::string>;
  const Paths above = {"/p/a/b", "/p/a", "/p"};
  EXPECT_EQ(list.named_by(above, "ci/x*.yml", looks), (Paths{"/p/a/ci/x.yml"}));
  EXPECT_EQ(list.named_by({"/p"}, "ci/x*.yml", looks), (Paths{"/p/ci/x.yml"}));
  EXPECT_EQ(list.named_by(above, "/ci/z.yml", looks), (Paths{"/p/ci/z.yml"}));
  EXPECT_EQ(list.named_by(above, "ci/*.yml", looks), (Paths{"/p/a/ci/y.yml"})) << "of many the last";
}

/// What it costs that so many files include the files of so many folders.
std::size_t looks_of(std::size_t size, std::string_view behind_number) {
  std::vector<std::string> paths;
  test::MemoryFileSystem disk;
  for (std::size_t i = 0; i < size; ++i) {
    paths.push_back("services/s" + std::to_string(i) + "/ci.yml");
    disk.put(paths.back(), "");
  }
  std::ranges::sort(paths);
  PathList list(paths);
  DiskPaths on_disk(disk);
  Looks looks(100'000);
  for (std::size_t i = 0; i < size; ++i) {
    const std::string pattern = "services/s" + std::to_string(i) + std::string(behind_number);
    const std::vector<std::string> folders =
        folders_above("services/s" + std::to_string(i) + "/.gitlab-ci.yml");
    for (const std::string& include : {pattern, std::string("**/ci.yml")}) {
      static_cast<void>(list.named_by(folders, include, looks));
      static_cast<void>(on_disk.named_by(folders, include, looks));
    }
  }
  return looks.spent();
}

TEST(PathGlob, OfAPathMatchesItAlone) {
  struct Row {
    std::string_view path;
    std::string_view glob;
  };
  constexpr Row rows[] = {
      {"a/b", "a/b"},
      {"a", "/a"},
      {"!a/b", "/!a/b"},
      {"[x].yml", "/[[]x].yml"},
      {"a/*?.yml", "a/[*][?].yml"},
      {"a/{b}", "a/?b}"},
      {"a/b\\c", "a/b?c"},
      {"a/\xFF", "a/?"},
      {"a/é", "a/é"},
      {"**", "/[*][*]"},
  };
  for (const auto& [path, glob] : rows) {
    EXPECT_EQ(glob_of_path(path), glob);
    EXPECT_FALSE(fault_of_glob(glob)) << glob;
    EXPECT_TRUE(path_matches(glob, path)) << glob;
    EXPECT_FALSE(path_matches(glob, "x/" + std::string(path))) << glob;
  }
}

TEST(IncludePaths, CostNoProductOfPatternsAndFiles) {
  // Numbers, not times. Twice the files with twice the patterns are twice the looks; the same pattern in many
  // files is looked for once.
  const std::size_t few = looks_of(100, "/*.yml"), many = looks_of(400, "/*.yml");
  EXPECT_LE(many, 5 * few) << few << ", then " << many;
  EXPECT_LE(many, 400u * 20);
}

TEST(IncludePaths, PatternsCostNoMoreThanTheirLength) {
  std::string include = "/", folders;
  for (int i = 0; i < 40; ++i) include += "**/", folders += "a/";
  EXPECT_TRUE(includes_any_of({folders + "x.yml"}, include + "x.yml", ".gitlab-ci.yml"));
  EXPECT_FALSE(includes_any_of({folders + "x.yml"}, include + "y.yml", ".gitlab-ci.yml"));
}

TEST(IncludePaths, HostilePatternsEndAtALimit) {
  std::vector<std::string> paths;
  for (int i = 0; i < 1000; ++i) paths.push_back("a" + std::to_string(1000 + i) + ".yml");
  PathList list(paths);
  Looks looks(10'000);
  std::size_t found = 0;
  for (int i = 0; i < 1000; ++i)
    found += list.named_by({""}, "*" + std::to_string(1000 + i) + "*.yml", looks).size();
  EXPECT_TRUE(looks.is_over());
  EXPECT_LT(looks.spent(), 20'000u);
  EXPECT_GT(found, 0u);
  const std::string deep(2000, '*');
  Looks others(10'000);
  static_cast<void>(list.named_by({""}, deep + "x.yml", others));
  EXPECT_LT(others.spent(), 40'000u);
}

}  // namespace
}  // namespace imglint
