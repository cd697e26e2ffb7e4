#include "base/path_glob.hpp"

#include <fnmatch.h>
#include <string>

#include <gtest/gtest.h>

#include "base/glob.hpp"

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

}  // namespace
}  // namespace imglint
