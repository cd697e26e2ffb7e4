#include "base/name_pattern.hpp"

#include <regex>
#include <string>

#include <gtest/gtest.h>

namespace imglint {
namespace {

struct PatternCase {
  std::string pattern;
  std::string path;
  bool matches;
};

TEST(NamePattern, MatchesTheEndOfAPath) {
  const PatternCase cases[] = {
      {"a", "a", true},
      {"a", "A", true},
      {"a", "b/a", true},
      {"a", "a/b", false},
      {"a", "", false},
      {"", "", true},
      {"*", "", true},
      {"*.yml", ".yml", true},
      {"?*.yml", ".yml", false},
      {"?*.yml", "x.y.YML", true},
      {"a*b*c", "abbcc", true},
      {"a*b*c", "acb", false},
      {"a[._-]b", "a-b", true},
      {"a[._-]b", "axb", false},
      {"{a,bc}d", "bcd", true},
      {"{a,bc}d", "abcd", false},
      {"{a,ab}b*", "ab", true},
      {"x{a,b}", "x", false},
      {"x/*.yml", "a/x/b.yml", true},
      {"x/*.yml", "x/b.yml", true},
      {"x/*.yml", "b.yml", false},
      {"x/*.yml", "ax/b.yml", false},
      {"x/*.yml", "x/a/b.yml", false},
      {".x/y/*", "/.x/y/z", true},
  };
  for (const PatternCase& test : cases) {
    EXPECT_EQ(name_matches(test.pattern, test.path), test.matches) << test.pattern << " " << test.path;
    EXPECT_EQ(PathPattern(test.pattern).matches(test.path, PathSigns(test.path)), test.matches)
        << test.pattern << " " << test.path;
    const std::regex expression("(^|.*/)(" + name_expression(test.pattern) + ")",
                                std::regex::ECMAScript | std::regex::icase);
    EXPECT_EQ(std::regex_match(test.path, expression), test.matches) << test.pattern << " " << test.path;
  }
}

TEST(NamePattern, HeedsTheCaseOfLettersWhereItCounts) {
  const PatternCase cases[] = {
      {"a", "a", true},
      {"a", "A", false},
      {"*.md", "x.md", true},
      {"*.md", "X.MD", false},
      {"*.md", "X.md", true},
      {"{GNU,}[Mm]akefile", "GNUMakefile", true},
      {"{GNU,}[Mm]akefile", "makefile", true},
      {"{GNU,}[Mm]akefile", "MAKEFILE", false},
      {"{GNU,}[Mm]akefile", "gnumakefile", false},
      {".x/**/*.yml", "q/.x/a/b.yml", true},
      {".x/**/*.yml", "q/.X/a/b.yml", false},
  };
  for (const PatternCase& test : cases) {
    EXPECT_EQ(name_matches(test.pattern, test.path, LetterCase::counts), test.matches)
        << test.pattern << " " << test.path;
    EXPECT_EQ(PathPattern(test.pattern).matches(test.path, PathSigns(test.path), LetterCase::counts),
              test.matches)
        << test.pattern << " " << test.path;
    EXPECT_TRUE(!test.matches || name_matches(test.pattern, test.path));
  }
  EXPECT_TRUE(name_matches("{GNU,}[Mm]akefile", "gnuMAKEFILE"));
}

TEST(NamePattern, BecomesWhatOthersRead) {
  EXPECT_EQ(name_expression("{a,b}x[._-]*.y?"), "(a|b)x[._-][^/]*\\.y[^/]");
  EXPECT_EQ(name_expression("a,b"), "a,b");
  EXPECT_EQ(name_glob("{docker,container}file[._-]*"), "{[dD]ocker,[cC]ontainer}file[._-]*");
  EXPECT_EQ(name_glob("x-file.yml"), "[xX]-[fF]ile.[yY]ml");
}

}  // namespace
}  // namespace imglint
